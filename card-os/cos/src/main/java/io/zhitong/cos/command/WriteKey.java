package io.zhitong.cos.command;

import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.AccessRule;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.KeyFile;
import io.zhitong.cos.file.KeyImport;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.Habit;
import io.zhitong.smcrypto.ByteWriter;
import java.util.Arrays;
import java.util.Optional;

/**
 * WRITE KEY (写密钥) 80/84 D4: P1 01 adds, P1 = type replaces, P2 the key id. Under 80 the data come plain and the access
 * byte (adding: of the key file, replacing: of the key) decides; under 84 they come encrypted with a MAC under the DF's
 * control key 39/00, which then stands for the access byte unless that says never. While the DF has no 39/00 yet, the
 * MF's takes its place.
 */
public final class WriteKey implements Command {
    private static final int ADD = 0x01;
    private static final int SAM_HEAD = 3;
    private static final int PURCHASE_USAGE = 2;
    private static final int FREE = 0xF0;

    @Override
    public int ins() {
        return 0xD4;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80 || cla == 0x84;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        Shape.noLe(apdu);
        KeyFile keys = card.keys().orElseThrow(() -> new CommandRefused(StatusWord.FILE_NOT_FOUND));
        boolean brief = card.profile().sam() && card.profile().has(Habit.SAM_MASTERS_BY_USAGE);
        if (brief && apdu.p1() == 0 && apdu.p2() == 0) {
            return samMaster(apdu, card, keys);
        }
        Optional<StoredKey> old = apdu.p1() == ADD ? Optional.empty() : Optional.of(replaced(apdu, keys));
        boolean sealed = SecureChannel.isProtected(apdu);
        int rule = old.map(StoredKey::changeRule).orElse(keys.addRule());
        CommandRefused.unless(
                sealed ? !AccessRule.isNever(rule) : card.allows(rule), StatusWord.SECURITY_NOT_SATISFIED);
        CommandRefused.unless(
                sealed || old.stream().noneMatch(StoredKey::needsProtectedChange), StatusWord.SECURITY_NOT_SATISFIED);
        byte[] plain = sealed ? control(card).openEncrypted(apdu) : apdu.data();
        KeyImport record = KeyImport.parse(plain, apdu.p2(), card.profile().algorithm());
        if (old.isEmpty()) {
            CommandRefused.unless(keys.find(record.type(), apdu.p2()).isEmpty(), StatusWord.CONDITIONS_NOT_MET);
        } else {
            CommandRefused.unless(record.type().code() == (apdu.p1() & 0x3F), StatusWord.WRONG_DATA);
        }
        record.putInto(keys);
        return Shape.NOTHING;
    }

    /** usage = levels of derivation in the high three bits ‖ 2 for a purchase master, the only one taken so. */
    private static byte[] samMaster(CommandApdu apdu, CardContext card, KeyFile keys) {
        byte[] brief = control(card).openEncrypted(apdu);
        Shape.lc(brief, SAM_HEAD + 16);
        CommandRefused.unless((brief[0] & 0x1F) == PURCHASE_USAGE, StatusWord.WRONG_DATA);
        byte[] data = new ByteWriter()
                .u8(KeyType.PURCHASE.code())
                .u8(FREE)
                .u8(FREE)
                .bytes(Arrays.copyOfRange(brief, 1, brief.length))
                .toByteArray();
        KeyImport.parse(data, brief[1] & 0xFF, card.profile().algorithm()).putInto(keys);
        Arrays.fill(brief, (byte) 0);
        Arrays.fill(data, (byte) 0);
        return Shape.NOTHING;
    }

    private static StoredKey replaced(CommandApdu apdu, KeyFile keys) {
        for (KeyType type : KeyType.values()) {
            if (type.code() == (apdu.p1() & 0x3F)) {
                return keys.find(type, apdu.p2()).orElseThrow(() -> new CommandRefused(StatusWord.KEY_NOT_FOUND));
            }
        }
        throw new CommandRefused(StatusWord.WRONG_P1P2);
    }

    private static SecureChannel control(CardContext card) {
        StoredKey key = card.key(KeyType.EXTERNAL_AUTH, 0)
                .or(() -> card.keysOf(card.files().mf()).flatMap(k -> k.find(KeyType.EXTERNAL_AUTH, 0)))
                .orElseThrow(() -> new CommandRefused(StatusWord.KEY_NOT_FOUND));
        return SecureChannel.fullBlock(card, key);
    }
}
