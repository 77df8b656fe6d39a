package io.zhitong.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.zhitong.accessmodel.CommandKind;
import io.zhitong.accessmodel.CommandOrder;
import io.zhitong.accessmodel.CommandRefusal;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.JournalId;
import io.zhitong.accessmodel.ModelException;
import io.zhitong.accessmodel.Octets;
import io.zhitong.accessmodel.PointId;
import io.zhitong.accessmodel.SignedCommand;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only a command for this device, journal and connection, in time and signed, opens a door. */
class CommandGateTest {

    private static final Sm2PrivateKey COMMAND = Sm2PrivateKey.generate(RandomSource.secure());
    private static final Sm2PrivateKey FOREIGN = Sm2PrivateKey.generate(RandomSource.secure());
    private static final CommandGate GATE = new CommandGate(
            DeviceAddress.of(1, 42), COMMAND.publicKey(), new JournalId(7), Octets.of("0123456789abcdef".getBytes()));

    private static SignedCommand command(int community, long device, long journal, String nonce, Sm2PrivateKey key) {
        CommandOrder order = new CommandOrder(
                new CommunityId(community),
                new DeviceId(device),
                new JournalId(journal),
                Octets.of(nonce.getBytes()),
                CommandKind.OPEN,
                new PointId(1),
                1_000,
                5_000,
                Octets.zeros(16),
                Octets.EMPTY,
                "值班员",
                "");
        return SignedCommand.sign(order, message -> Sm2.sign(key, message, RandomSource.secure()));
    }

    /** Each row changes one thing; the last two columns are the backend's time (blank = unknown) and the verdict. */
    @ParameterizedTest
    @CsvSource({
        "1, 42, 7, 0123456789abcdef, own, 4999, NONE",
        "1, 42, 7, 0123456789abcdef, own, 0, NONE",
        "1, 42, 7, 0123456789abcdef, own, 5000, EXPIRED",
        "1, 42, 7, 0123456789abcdef, own, 9223372036854775807, EXPIRED",
        "1, 42, 7, 0123456789abcdef, own, , TIME_UNKNOWN",
        "2, 42, 7, 0123456789abcdef, own, 2000, OTHER_COMMUNITY",
        "1, 43, 7, 0123456789abcdef, own, 2000, OTHER_DEVICE",
        "1, 42, 8, 0123456789abcdef, own, 2000, OTHER_JOURNAL",
        "1, 42, 7, 0123456789abcdeF, own, 2000, WRONG_NONCE",
        "1, 42, 7, 0123456789abcdef, foreign, 2000, WRONG_SIGNATURE",
        "2, 43, 8, 0000000000000000, foreign, , OTHER_COMMUNITY",
        "1, 42, 8, 0000000000000000, foreign, , WRONG_SIGNATURE"
    })
    void command_is_judged_by_the_first_thing_that_is_wrong(
            int community, long device, long journal, String nonce, String signer, Long now, CommandRefusal verdict) {
        SignedCommand command = command(community, device, journal, nonce, signer.equals("own") ? COMMAND : FOREIGN);
        OptionalLong time = now == null ? OptionalLong.empty() : OptionalLong.of(now);
        assertEquals(verdict, GATE.judge(command, time));
    }

    @Test
    void no_turned_bit_leaves_a_command_that_would_be_carried_out() {
        byte[] good = command(1, 42, 7, "0123456789abcdef", COMMAND).encode();
        assertEquals(CommandRefusal.NONE, GATE.judge(SignedCommand.decode(good), OptionalLong.of(2_000)));
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotEquals(CommandRefusal.NONE, judge(changed), "bit " + bit);
        }
    }

    private static CommandRefusal judge(byte[] bytes) {
        try {
            return GATE.judge(SignedCommand.decode(bytes), OptionalLong.of(2_000));
        } catch (ModelException refused) {
            return CommandRefusal.MALFORMED;
        }
    }
}
