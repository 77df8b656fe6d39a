package io.zhitong.cos.command;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.KeyType;
import io.zhitong.cardspec.StatusWord;
import io.zhitong.cos.file.CommandRefused;
import io.zhitong.cos.file.StoredKey;
import io.zhitong.cos.state.CardContext;
import io.zhitong.cos.state.Habit;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * EXTERNAL AUTHENTICATE (外部认证) 00 82 00 keyId: the terminal proves a key of type 39. 3DES: ENC(challenge 8). SM4: of a
 * challenge of 8 the left half ⊕ the right half of SM4(challenge ‖ 0⁸), of one of 16 the whole block.
 */
public final class ExternalAuthenticate implements Command {
    @Override
    public int ins() {
        return 0x82;
    }

    @Override
    public boolean accepts(int cla) {
        return cla == 0x00;
    }

    @Override
    public byte[] run(CommandApdu apdu, CardContext card) {
        CommandRefused.unless(apdu.p1() == 0, StatusWord.WRONG_P1P2);
        CommandRefused.unless(apdu.data().length == 8 || apdu.data().length == 16, StatusWord.WRONG_LENGTH);
        Shape.noLe(apdu);
        StoredKey key = card.needKey(KeyType.EXTERNAL_AUTH, apdu.p2());
        card.require(key.useRule());
        int shortest = card.profile().has(Habit.SHORT_CHALLENGES) ? 4 : 8;
        byte[] challenge = card.session()
                .challenge()
                .filter(c -> c.length >= shortest)
                .orElseThrow(() -> new CommandRefused(StatusWord.RANDOM_MISSING));
        Shape.lc(apdu.data(), card.profile().algorithm() == CardAlgorithm.SM4 ? challenge.length : 8);
        card.spendTry(key);
        byte[] expected = cryptogram(card.profile().algorithm(), key, challenge);
        if (!MessageDigest.isEqual(expected, apdu.data())) {
            throw new CommandRefused(StatusWord.triesLeft(key.triesLeft()));
        }
        key.restoreTries();
        card.session().reach(key.nextState());
        return Shape.NOTHING;
    }

    private static byte[] cryptogram(CardAlgorithm algorithm, StoredKey stored, byte[] challenge) {
        byte[] key = stored.value();
        byte[] block = algorithm.cipher(key).encryptBlock(Arrays.copyOf(challenge, algorithm.block()));
        Arrays.fill(key, (byte) 0);
        if (block.length == challenge.length || algorithm == CardAlgorithm.TRIPLE_DES) {
            return block;
        }
        byte[] folded = new byte[8];
        for (int i = 0; i < 8; i++) {
            folded[i] = (byte) (block[i] ^ block[i + 8]);
        }
        return folded;
    }
}
