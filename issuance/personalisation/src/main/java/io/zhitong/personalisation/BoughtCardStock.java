package io.zhitong.personalisation;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CardChannel;
import io.zhitong.cardspec.CardFiles;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Arrays;

/**
 * Prepares a card as bought, with an empty MF, for {@link BoughtCard} (外购卡初始化): the batch's transport key diversified by
 * the chip's number as 39/00 of the MF, and file 0005 with that number. The first key of a card with no key reaches it in
 * clear: done in a workshop of ours where nobody listens, by whom the batch key is entrusted to.
 */
public final class BoughtCardStock {
    private static final int KEYS_SIZE = 0x0040;
    private static final int CHIP_FILE = 30;
    private static final int CHIP_ID_AT = 8;
    private static final byte[] TRANSPORT_HEAD = {(byte) 0xF9, (byte) 0xF0, (byte) 0xF0, 0x0F, (byte) 0xFF};

    private final CardChannel card;

    public BoughtCardStock(CardChannel card) {
        this.card = card;
    }

    /**
     * Writes key and number.
     *
     * @param chipId8 number of this chip, such as its UID of 4 bytes behind those of the batch
     * @param batchKey 16 bytes
     * @throws io.zhitong.cardspec.CardException STATUS if the MF is not as bought
     */
    public void prepare(byte[] chipId8, SecretBytes batchKey) {
        byte[] batch = batchKey.export(SecretAccess.TOKEN);
        byte[] key = CardAlgorithm.TRIPLE_DES.diversify(batch, chipId8);
        byte[] record = new ByteWriter().bytes(TRANSPORT_HEAD).bytes(key).toByteArray();
        try {
            send(
                    "SELECT MF",
                    0x00,
                    0xA4,
                    0x00,
                    0x00,
                    new ByteWriter().u16(CardFiles.MF).toByteArray());
            create(0x0000, FilePlan.keys(KEYS_SIZE, 1));
            send("WRITE KEY", 0x80, 0xD4, 0x01, 0x00, record);
            create(CardFiles.CHIP, FilePlan.openBinary(CHIP_FILE, FilePlan.FREE));
            byte[] content = new byte[CHIP_FILE];
            System.arraycopy(chipId8, 0, content, CHIP_ID_AT, chipId8.length);
            send("UPDATE BINARY", 0x00, 0xD6, 0x80 | CardFiles.CHIP, 0x00, content);
        } finally {
            Arrays.fill(batch, (byte) 0);
            Arrays.fill(key, (byte) 0);
            Arrays.fill(record, (byte) 0);
        }
    }

    private void create(int fileId, byte[] description) {
        byte[] body = CardKind.BOUGHT.inItsWords(description);
        send("CREATE FILE", 0x80, 0xE0, fileId >> 8, fileId & 0xFF, body);
    }

    private void send(String name, int cla, int ins, int p1, int p2, byte[] body) {
        card.send(new CommandApdu(cla, ins, p1, p2, body, CommandApdu.NO_LE)).expectOk(name);
    }
}
