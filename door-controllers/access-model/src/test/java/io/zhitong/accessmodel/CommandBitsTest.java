package io.zhitong.accessmodel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PrivateKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CommandBitsTest {

    private static final Sm2PrivateKey COMMAND = Sm2PrivateKey.generate(RandomSource.secure());

    @Example
    void each_turned_bit_of_a_signed_command_is_refused_or_breaks_the_signature() {
        byte[] order = java.util.Arrays.copyOf(Layouts.COMMAND.frame(), Layouts.COMMAND.frame().length - 64);
        SignedCommand signed = new SignedCommand(
                ((SignedCommand) Layouts.COMMAND.decode(Layouts.COMMAND.frame())).order(), signature(order));
        byte[] good = signed.encode();
        assertTrue(SignedCommand.decode(good).signedBy(COMMAND.publicKey()));
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(opens(changed), "bit " + bit);
        }
    }

    private static Octets signature(byte[] message) {
        return Octets.of(Sm2.sign(COMMAND, message, RandomSource.secure()));
    }

    private static boolean opens(byte[] bytes) {
        try {
            return SignedCommand.decode(bytes).signedBy(COMMAND.publicKey());
        } catch (ModelException refused) {
            return false;
        }
    }

    @Property(tries = 300)
    void any_order_has_the_bytes_a_data_stream_writes_and_reads_back(@ForAll("orders") CommandOrder order)
            throws IOException {
        assertArrayEquals(naive(order), order.message());
        SignedCommand command = new SignedCommand(order, Octets.zeros(64));
        assertEquals(command, SignedCommand.decode(command.encode()));
    }

    @Property(tries = 200)
    void event_of_a_command_names_its_kind_key_and_asker(
            @ForAll("orders") CommandOrder order, @ForAll CommandRefusal refusal) {
        CommandEvent event = CommandEvent.of(order, refusal);
        assertEquals(event, CommandEvent.decode(event.encode()));
        assertEquals(
                refusal == CommandRefusal.NONE ? EventKind.COMMAND_EXECUTED : EventKind.COMMAND_REFUSED, event.kind());
    }

    @Provide
    Arbitrary<CommandOrder> orders() {
        Arbitrary<Octets> sixteen =
                Arbitraries.bytes().array(byte[].class).ofSize(16).map(Octets::of);
        Arbitrary<String> words = Arbitraries.strings().withChars("门卫王李 az09-").ofMaxLength(16);
        Arbitrary<long[]> times = Arbitraries.longs()
                .between(0, Long.MAX_VALUE - 1)
                .flatMap(made ->
                        Arbitraries.longs().between(made + 1, Long.MAX_VALUE).map(expiry -> new long[] {made, expiry}));
        return Combinators.combine(
                        Arbitraries.integers().between(1, Integer.MAX_VALUE),
                        Arbitraries.longs().between(1, 0xFFFF_FFFFL),
                        Arbitraries.longs().filter(journal -> journal != 0),
                        sixteen,
                        Arbitraries.of(CommandKind.class),
                        Arbitraries.integers().between(0, 0xFFFF),
                        Combinators.combine(times, sixteen).as((t, key) -> new Object[] {t, key}),
                        Combinators.combine(
                                        Arbitraries.bytes().array(byte[].class).ofMaxSize(256), words, words)
                                .as((args, who, why) -> new Object[] {args, who, why}))
                .as((community, device, journal, nonce, kind, point, when, what) -> new CommandOrder(
                        new CommunityId(community),
                        new DeviceId(device),
                        new JournalId(journal),
                        nonce,
                        kind,
                        new PointId(point),
                        ((long[]) when[0])[0],
                        ((long[]) when[0])[1],
                        (Octets) when[1],
                        Octets.of((byte[]) what[0]),
                        (String) what[1],
                        (String) what[2]));
    }

    /** Second implementation, from the table in docs/controller.md alone. */
    private static byte[] naive(CommandOrder order) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBytes("ZTC2");
        out.writeInt(order.community().value());
        out.writeInt((int) order.device().value());
        out.writeLong(order.journal().value());
        out.write(order.nonce().toByteArray());
        out.writeByte(order.kind().code());
        out.writeShort(order.point().value());
        out.writeLong(order.madeMillis());
        out.writeLong(order.expiryMillis());
        out.write(order.idempotencyKey().toByteArray());
        out.writeShort(order.args().length());
        out.write(order.args().toByteArray());
        out.writeUTF(order.who()); // modified UTF-8 is UTF-8 for these characters
        byte[] why = order.why().getBytes(StandardCharsets.UTF_8);
        out.writeShort(why.length);
        out.write(why);
        return bytes.toByteArray();
    }

    @Example
    void field_that_is_too_long_is_refused_when_the_order_is_made() {
        CommandOrder good = ((SignedCommand) Layouts.COMMAND.decode(Layouts.COMMAND.frame())).order();
        assertEquals(64, with(good, 256, "x".repeat(64), "").who().length());
        assertThrows(ModelException.class, () -> with(good, 257, "", ""));
        assertThrows(ModelException.class, () -> with(good, 0, "x".repeat(65), ""));
        assertThrows(ModelException.class, () -> with(good, 0, "门".repeat(22), ""));
        assertThrows(ModelException.class, () -> with(good, 0, "", "x".repeat(129)));
        assertThrows(
                ModelException.class,
                () -> new CommandEvent(CommandKind.OPEN, CommandRefusal.BUSY, Octets.zeros(16), "x".repeat(65), ""));
        assertThrows(
                ModelException.class,
                () -> new CommandEvent(CommandKind.OPEN, CommandRefusal.BUSY, Octets.zeros(15), "", ""));
    }

    private static CommandOrder with(CommandOrder order, int args, String who, String why) {
        return new CommandOrder(
                order.community(),
                order.device(),
                order.journal(),
                order.nonce(),
                order.kind(),
                order.point(),
                order.madeMillis(),
                order.expiryMillis(),
                order.idempotencyKey(),
                Octets.zeros(args),
                who,
                why);
    }

    @Example
    void sale_request_carries_one_fen_to_the_largest_int_and_nothing_else() {
        assertEquals("00000001" + "0000", new SaleRequest(1, "").encode().toString());
        assertEquals(
                "7FFFFFFF" + "0003" + "E58D95",
                new SaleRequest(Integer.MAX_VALUE, "单").encode().toString());
        for (String wrong : new String[] {"00000000" + "0000", "80000000" + "0000", "00000001" + "0001", "00000001"}) {
            assertThrows(ModelException.class, () -> SaleRequest.decode(Octets.of(Hex.parse(wrong))));
        }
        assertThrows(ModelException.class, () -> new SaleRequest(1, "x".repeat(65)));
    }
}
