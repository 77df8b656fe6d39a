package io.zhitong.cos.sam;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.command.Command;
import io.zhitong.cos.command.Shape;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.DeliveredKey;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.SecretBytes;
import java.util.Set;

/**
 * DELIVER KEY (密钥分散) 80 1A usage keyId, data the factors, the card's first. usage = level‖type: high three bits the
 * number of factors 1..3, low five bits those of the key type (3B → 1B, so one level of an access master is 3B). An SM4
 * key may be named by its id or by id | 40. Purchase, load, unload and TAC masters are refused (6985).
 */
public final class DeliverKey implements Command {
    private static final Set<KeyType> DELIVERABLE =
            Set.of(KeyType.ENCRYPT, KeyType.MAC, KeyType.MAINTENANCE, KeyType.EXTERNAL_AUTH, KeyType.ACCESS);
    private static final int SM4_ID = 0x40;
    private static final int MOST_LEVELS = 3;

    @Override
    public int ins() {
        return 0x1A;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x80;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        int level = apdu.p1() >> 5;
        KeyType type = type(apdu.p1());
        CommandRefused.unless(
                DELIVERABLE.contains(type) && level >= 1 && level <= MOST_LEVELS, StatusWord.CONDITIONS_NOT_MET);
        Shape.lc(apdu.data(), level * Factors.LENGTH);
        Shape.noLe(apdu);
        StoredKey master = card.keys()
                .flatMap(keys -> keys.find(type, key -> names(key, apdu.p2())))
                .orElseThrow(() -> new CommandRefused(StatusWord.KEY_NOT_FOUND));
        card.require(master.useRule());
        CardAlgorithm algorithm = master.algorithm();
        byte[] key = Factors.derive(master, algorithm, apdu.data());
        card.session().deliver(new DeliveredKey(type, algorithm, SecretBytes.takeOver(key)));
        return Shape.NOTHING;
    }

    private static boolean names(StoredKey key, int id) {
        return key.id() == id || key.algorithm() == CardAlgorithm.SM4 && (key.id() | SM4_ID) == id;
    }

    private static KeyType type(int usage) {
        try {
            return KeyType.of(0x20 | usage & 0x1F);
        } catch (MalformedInput e) {
            throw new CommandRefused(StatusWord.WRONG_P1P2);
        }
    }
}
