package io.zhitong.phone;

import android.nfc.cardemulation.HostApduService;
import android.os.Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The community card in a phone's host card emulation (手机门禁卡): the system selects this service by the card's application
 * names and hands it every command of the reader.
 */
public class CardService extends HostApduService {
    private static final String FILE = "card";

    private PhoneCard card;

    @Override
    public byte[] processCommandApdu(byte[] command, Bundle extras) {
        if (card == null) {
            card = open();
        }
        return card.process(command);
    }

    @Override
    public void onDeactivated(int reason) {
        if (card != null) {
            card.leaveField();
        }
    }

    private PhoneCard open() {
        try {
            return PhoneCard.in(getFilesDir().toPath().resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("the card's file cannot be opened", e);
        }
    }
}
