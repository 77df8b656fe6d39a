package io.zhitong.personalisation;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardException;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardterminal.Purse;
import io.zhitong.cardterminal.PurseData;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyUsage;
import io.zhitong.smcrypto.ByteWriter;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Optional;

/**
 * The city purse of a resident's card (电子钱包制卡). File 0015 is written last: a purse whose 0015 is still empty was
 * interrupted, holds no money, and is made anew.
 */
final class PurseMaker {
    private static final int DF = 0x3F01;
    private static final int DF_SIZE = 0x0600;
    private static final int KEYS_SIZE = 0x0140;
    private static final int PURSE_FILE = 0x0002;
    private static final int LOG_SHORT_ID = 0x18;
    private static final int SHOWS_0015 = 0x95;
    private static final int HOLDER_SIZE = 55;
    private static final int NAME_SIZE = 20;
    private static final Charset GBK = Charset.forName("GBK");

    private final CardKind kind;
    private final CardOrder order;
    private final CardCommands commands;
    private final Progress progress;

    PurseMaker(CardOrder order, CardCommands commands, Progress progress) {
        this(CardKind.OURS, order, commands, progress);
    }

    PurseMaker(CardKind kind, CardOrder order, CardCommands commands, Progress progress) {
        this.kind = kind;
        this.order = order;
        this.commands = commands;
        this.progress = progress;
    }

    /**
     * Whether the card already has exactly this purse.
     *
     * @throws PersonalisationRefused ALREADY_ISSUED if it has another one
     */
    static boolean isMade(CardChannel card, PurseData wanted) {
        Optional<PurseData> found = read(card);
        if (found.isEmpty()) {
            return false;
        }
        if (!Arrays.equals(found.get().serial(), wanted.serial())) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.ALREADY_ISSUED, "");
        }
        return true;
    }

    private static Optional<PurseData> read(CardChannel card) {
        try {
            PurseData data = Purse.select(card).data();
            return Arrays.equals(data.serial(), new byte[10]) ? Optional.empty() : Optional.of(data);
        } catch (CardException e) {
            if (e.reason() == CardException.Reason.STATUS || e.reason() == CardException.Reason.MALFORMED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The MF must be selected and authenticated. */
    void make() {
        progress.begins(CardStep.PURSE_CREATE);
        if (commands.select(CardFiles.purseAid())) {
            commands.eraseCurrent();
        } else {
            commands.create(DF, FilePlan.directory(DF_SIZE, SHOWS_0015, CardFiles.purseAid()));
            commands.select(CardFiles.purseAid());
        }
        commands.create(0x0000, FilePlan.keys(KEYS_SIZE, 1));
    }

    void writeKeys(KeyRef cardControl) {
        progress.begins(CardStep.PURSE_KEYS);
        KeyRef control = key(kind.control());
        commands.addKey(cardControl, KeyRecord.authentication(0, 0x0F, control));
        if (kind == CardKind.OURS) {
            commands.addKey(control, KeyRecord.authentication(1, 0x01, key(KeyUsage.DACK)));
        }
        commands.addKey(control, KeyRecord.line(0, key(kind.line())));
        for (KeyUsage money : kind.money()) {
            commands.addKey(control, KeyRecord.versioned(1, key(money)));
        }
        if (kind == CardKind.BOUGHT) {
            commands.addKey(control, KeyRecord.versioned(1, doorKey()));
        }
    }

    /** A bought card opens doors by INTERNAL AUTHENTICATE in its purse; it has no access application. */
    private KeyRef doorKey() {
        byte[] serial = order.purse().factor();
        return KeyRef.of(
                KeyUsage.BOUGHT_ACCESS,
                order.keyVersions().of(KeyUsage.BOUGHT_ACCESS),
                order.city(),
                order.community(),
                serial);
    }

    void writeData() {
        progress.begins(CardStep.PURSE_DATA);
        commands.create(CardFiles.PUBLIC, FilePlan.protectedBinary(PurseData.LENGTH, FilePlan.FREE));
        commands.create(CardFiles.HOLDER, FilePlan.protectedBinary(HOLDER_SIZE, FilePlan.BY_ISSUER));
        commands.create(CardFiles.LOG, FilePlan.log(FilePlan.BY_ISSUER));
        commands.create(PURSE_FILE, FilePlan.purse(LOG_SHORT_ID));
        commands.update(key(kind.line()), CardFiles.HOLDER, holder());
        commands.update(key(kind.line()), CardFiles.PUBLIC, order.purse().encode());
    }

    /** type 1 ‖ staff 1 ‖ name 20 (GBK) ‖ identity 32 ‖ identity type 1; the identity is not kept on the card. */
    private byte[] holder() {
        return new ByteWriter()
                .u16(0)
                .bytes(Arrays.copyOf(nameInGbk(), NAME_SIZE))
                .bytes(new byte[32])
                .u8(0)
                .toByteArray();
    }

    private byte[] nameInGbk() {
        String name = order.holderName();
        while (name.getBytes(GBK).length > NAME_SIZE) {
            name = name.substring(0, name.length() - 1);
        }
        return name.getBytes(GBK);
    }

    private KeyRef key(KeyUsage usage) {
        return KeyRef.of(
                usage,
                order.keyVersions().of(usage),
                order.city(),
                order.purse().factor());
    }
}
