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
import java.util.Optional;

/**
 * WRITE KEY (写密钥) 80/84 D4: P1 01 adds, P1 = type replaces, P2 the key id. Under 80 the data come plain and the access
 * byte (adding: of the key file, replacing: of the key) decides; under 84 they come encrypted with a MAC under the DF's
 * control key 39/00, which then stands for the access byte unless that says never. While the DF has no 39/00 yet, the
 * MF's takes its place.
 */
public final class WriteKey implements Command {
    private static final int ADD = 0x01;

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
