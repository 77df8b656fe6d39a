package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SignedCommandTest {

    private static final Sm2PrivateKey COMMAND = Sm2PrivateKey.generate(RandomSource.secure());

    private static CommandOrder order() {
        return new CommandOrder(
                new CommunityId(1),
                new DeviceId(43),
                new JournalId(2),
                Octets.of(Hex.parse("000102030405060708090A0B0C0D0E0F")),
                CommandKind.SALE,
                new PointId(1),
                1000,
                6000,
                Octets.of(Hex.parse("101112131415161718191A1B1C1D1E1F")),
                new SaleRequest(1250, "A7").encode(),
                "李",
                "ok");
    }

    @Test
    void message_has_the_published_bytes_and_openssl_accepts_the_signature() throws Exception {
        SignedCommand command =
                SignedCommand.sign(order(), message -> Sm2.sign(COMMAND, message, RandomSource.secure()));
        assertEquals(
                "5A544332" + "00000001" + "0000002B" + "0000000000000002" + "000102030405060708090A0B0C0D0E0F" + "07"
                        + "0001" + "00000000000003E8" + "0000000000001770" + "101112131415161718191A1B1C1D1E1F"
                        + "0008" + "000004E2" + "00024137" + "0003" + "E69D8E" + "0002" + "6F6B",
                Hex.of(order().message()).toUpperCase());
        assertTrue(OpenSsl.verifies(
                COMMAND.publicKey(), order().message(), command.signature().toByteArray()));
        assertEquals(command, SignedCommand.decode(command.encode()));
    }

    @Test
    void no_changed_byte_keeps_the_signature() {
        byte[] good = SignedCommand.sign(order(), message -> Sm2.sign(COMMAND, message, RandomSource.secure()))
                .encode();
        assertTrue(SignedCommand.decode(good).signedBy(COMMAND.publicKey()));
        for (int at = 0; at < good.length; at += 3) {
            byte[] changed = good.clone();
            changed[at] ^= 2;
            assertFalse(accepted(changed), "byte " + at);
        }
    }

    private static boolean accepted(byte[] bytes) {
        try {
            return SignedCommand.decode(bytes).signedBy(COMMAND.publicKey());
        } catch (ModelException refused) {
            return false;
        }
    }

    @Test
    void cut_command_sale_of_nothing_and_expiry_before_making_are_refused() {
        byte[] good = SignedCommand.sign(order(), message -> new byte[64]).encode();
        assertThrows(ModelException.class, () -> SignedCommand.decode(Arrays.copyOf(good, good.length - 1)));
        assertThrows(ModelException.class, () -> new SaleRequest(0, ""));
        assertThrows(ModelException.class, () -> SaleRequest.decode(Octets.EMPTY));
        CommandOrder order = order();
        assertThrows(
                ModelException.class,
                () -> new CommandOrder(
                        order.community(),
                        order.device(),
                        order.journal(),
                        order.nonce(),
                        order.kind(),
                        order.point(),
                        5,
                        5,
                        order.idempotencyKey(),
                        order.args(),
                        "",
                        ""));
    }
}
