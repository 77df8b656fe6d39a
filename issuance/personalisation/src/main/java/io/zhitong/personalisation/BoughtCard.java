package io.zhitong.personalisation;

import io.zhitong.cardspec.CardChannel;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyapi.KeyService;
import io.zhitong.keyapi.KeyUsage;

/**
 * Makes a resident's card from one as bought, FM1208 and alike under 3DES (外购卡制卡), after the workshop
 * {@linkplain BoughtCardStock prepared} it: the city's purse, and in it the key with which doors of the community know its
 * serial. Other keys than the vault's wrapped ones never pass here. An interrupted order is run again.
 *
 * <p>At the end the transport key of the MF gives way to a key with which nobody opens it: no file is made or erased on the
 * card any more.
 */
public final class BoughtCard {
    private static final int TRANSPORT_VERSION = 1;
    private static final int FULL_STATUS = 0x0F;

    private final KeyService keys;

    public BoughtCard(KeyService keys) {
        this.keys = keys;
    }

    /**
     * Runs the order on the card; credential, dates and issuer of the order are not written, a bought card proves its serial
     * only. Throws as {@link ResidentCard#make}. Each run on a finished card takes one of the fifteen tries of its MF's key.
     *
     * @return the chip's identifier
     */
    public MadeCard make(CardChannel card, CardOrder order, Progress progress) {
        var commands = new CardCommands(card, keys, CardKind.BOUGHT);
        boolean made = PurseMaker.isMade(card, order.purse());
        progress.begins(CardStep.IDENTIFY);
        byte[] chipId = CardTakeOver.chipId(commands);
        KeyRef transport = KeyRef.of(KeyUsage.BOUGHT_TRANSPORT, TRANSPORT_VERSION, chipId);
        boolean open = commands.authenticate(transport);
        if (!made) {
            if (!open) {
                throw new PersonalisationRefused(PersonalisationRefused.Reason.NOT_OURS, "");
            }
            var purse = new PurseMaker(CardKind.BOUGHT, order, commands, progress);
            purse.make();
            purse.writeKeys(transport);
            purse.writeData();
        }
        if (open) {
            progress.begins(CardStep.TAKE_OVER);
            commands.selectMf();
            KeyRef last = KeyRef.of(
                    KeyUsage.BOUGHT_CONTROL, order.keyVersions().of(KeyUsage.BOUGHT_CONTROL), order.city(), chipId);
            commands.replaceKey(transport, KeyRecord.authentication(0, FULL_STATUS, last));
        }
        progress.begins(CardStep.VERIFY);
        if (!PurseMaker.isMade(card, order.purse())) {
            throw new PersonalisationRefused(PersonalisationRefused.Reason.CARD_DEFECT, "");
        }
        return new MadeCard(chipId);
    }
}
