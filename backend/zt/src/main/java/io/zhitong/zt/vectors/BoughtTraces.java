package io.zhitong.zt.vectors;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.PurseCryptograms;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Traces of bought cards and worked examples of their manuals (市售卡实录), algorithm 3DES: command and answer as they went
 * over the line, with the keys where they are known. What an entry is, its fields say.
 */
final class BoughtTraces {
    private static final CardAlgorithm DES = CardAlgorithm.TRIPLE_DES;
    private static final int LOAD_ANSWER = 16;
    private static final int PURCHASE_ANSWER = 15;

    /** The field that tells the kind, in the order in which it is asked for. */
    private static final List<Map.Entry<String, String>> TOLD_BY = List.of(
            Map.entry("DLK", "load"),
            Map.entry("DPK", "purchase"),
            Map.entry("MK", "diversify"),
            Map.entry("master", "write-key"),
            Map.entry("challenge", "external-authenticate"),
            Map.entry("key", "internal-authenticate"));

    static final Map<String, CaseCheck> KINDS = Map.of(
            "load", BoughtTraces::load,
            "purchase", BoughtTraces::purchase,
            "diversify", v -> v.expect("DK", DES.diversify(v.hex("MK", 16), v.hex("factor", 8))),
            "write-key", BoughtTraces::writeKey,
            "external-authenticate", BoughtTraces::externalAuthenticate,
            "internal-authenticate", BoughtTraces::internalAuthenticate,
            "without-keys", BoughtTraces::shape);

    private BoughtTraces() {}

    /** What an entry shows; {@code without-keys} where only its form can be judged. */
    static String kind(Fields entry) {
        return TOLD_BY.stream()
                .filter(told -> entry.has(told.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("without-keys");
    }

    private static void load(Fields entry) {
        card(entry);
        Begun begun = Begun.read(entry, 0x00, LOAD_ANSWER);
        byte[] balance = begun.answer.bytes(4);
        byte[] sequence = begun.answer.bytes(2);
        begun.answer.u16();
        byte[] random = begun.answer.bytes(4);
        byte[] session = session(entry, "DLK", "SESLK", join(random, sequence, Hex.parse("8000")));
        byte[] mac1Data = join(balance, begun.amount, begun.type, begun.terminal);
        optional(entry, "MAC1_in", mac1Data);
        byte[] mac1 = DES.mac4(session, mac1Data);
        entry.expect("MAC1", mac1);
        same("MAC1 in init_resp", mac1, begun.answer.bytes(4));
        if (entry.has("credit_cmd")) {
            credit(entry, begun, session, balance, sequence);
        }
    }

    private static void credit(Fields entry, Begun begun, byte[] session, byte[] balance, byte[] sequence) {
        CommandApdu command = CommandApdu.parse(spaced(entry, "credit_cmd"));
        same("credit_cmd's header and length", Hex.parse("805200000b"), command.headerWithLc());
        byte[] when = Arrays.copyOf(command.data(), 7);
        byte[] mac2Data = join(begun.amount, begun.type, begun.terminal, when);
        optional(entry, "MAC2_in", mac2Data);
        byte[] mac2 = DES.mac4(session, mac2Data);
        optional(entry, "MAC2", mac2);
        same("MAC2 in credit_cmd", mac2, Arrays.copyOfRange(command.data(), 7, 11));
        if (entry.has("DTK")) {
            byte[] dtk = entry.hex("DTK", 16);
            long newBalance = PurseKinds.u32(balance) + PurseKinds.u32(begun.amount);
            byte[] tacData = join(
                    new ByteWriter().u32(newBalance).toByteArray(),
                    sequence,
                    begun.amount,
                    begun.type,
                    begun.terminal,
                    when);
            entry.expect("TAC_in", tacData);
            entry.expect("TACkey", DES.tacKey(dtk));
            byte[] answer = join(DES.tac4(dtk, tacData), Hex.parse("9000"));
            entry.expect("credit_resp", answer);
        }
    }

    private static void purchase(Fields entry) {
        card(entry);
        Begun begun = Begun.read(entry, 0x01, PURCHASE_ANSWER);
        begun.answer.bytes(4);
        byte[] sequence = begun.answer.bytes(2);
        begun.answer.bytes(5);
        byte[] seed = entry.hex("seed", 8);
        same("seed's random number and sequence", join(begun.answer.bytes(4), sequence), Arrays.copyOf(seed, 6));
        byte[] session = DES.sessionKey(entry.hex("DPK", 16), seed);
        entry.expect("SESPK", session);
        byte[] mac1Data = entry.hex("MAC1_in", 18);
        byte[] type = {(byte) (begun.type[0] + 4)};
        same(
                "MAC1_in's amount, type and terminal",
                join(begun.amount, type, begun.terminal),
                Arrays.copyOf(mac1Data, 11));
        entry.expect("MAC1", DES.mac4(session, mac1Data));
        byte[] mac2Data = PurseCryptograms.purchaseMac2(PurseKinds.u32(begun.amount));
        entry.expect("MAC2_in", mac2Data);
        entry.expect("MAC2", DES.mac4(session, mac2Data));
        entry.hex("TACkey", 8);
    }

    private static void writeKey(Fields entry) {
        card(entry);
        byte[] key = entry.hex("master");
        CommandApdu command = CommandApdu.parse(entry.hex("cmd"));
        byte[] encrypted = Arrays.copyOf(command.data(), command.data().length - SecureMessaging.MAC);
        byte[] content = SecureMessaging.decrypt(DES, key, encrypted);
        if (entry.has("plain")) {
            byte[] plain = spaced(entry, "plain");
            same("plain", Arrays.copyOfRange(plain, 1, 1 + content.length), content);
            same("length in plain", new byte[] {(byte) content.length}, Arrays.copyOf(plain, 1));
        }
        optional(entry, "enc", encrypted);
        byte[] challenge = entry.hex("challenge");
        CommandApdu again = SecureMessaging.protectEncrypted(DES, key, challenge, command.with(content));
        same("cmd", again.encode(), command.encode());
    }

    private static void externalAuthenticate(Fields entry) {
        CommandApdu command = CommandApdu.parse(entry.hex("cmd"));
        same("cmd's class and instruction", Hex.parse("0082"), Arrays.copyOf(command.header(), 2));
        byte[] block = Arrays.copyOf(entry.hex("challenge"), DES.block());
        same("cmd's cryptogram", DES.cipher(entry.hex("key")).encryptBlock(block), command.data());
    }

    private static void internalAuthenticate(Fields entry) {
        CommandApdu command = CommandApdu.parse(entry.hex("cmd"));
        same("cmd's class and instruction", Hex.parse("0088"), Arrays.copyOf(command.header(), 2));
        byte[] key = entry.hex("key");
        byte[] answer =
                command.p1() == 0 ? DES.cipher(key).encryptBlock(command.data()) : DES.mac4(key, command.data());
        entry.expect("resp", join(answer, Hex.parse("9000")));
    }

    private static void shape(Fields entry) {
        CommandApdu.parse(entry.hex("cmd"));
        byte[] answer = spaced(entry, "resp");
        boolean good = answer.length >= 2
                && Arrays.equals(Hex.parse("9000"), Arrays.copyOfRange(answer, answer.length - 2, answer.length));
        if (!good) {
            throw new BadVector("resp expected to end with 9000");
        }
    }

    private static void card(Fields entry) {
        if (entry.has("card")) {
            entry.text("card");
        }
        if (entry.has("alg") && !entry.text("alg").equals("3DES")) {
            throw new BadVector("alg expected 3DES");
        }
    }

    private static byte[] session(Fields entry, String key, String name, byte[] seed) {
        optional(entry, "seed", seed);
        byte[] session = DES.sessionKey(entry.hex(key, 16), seed);
        entry.expect(name, session);
        return session;
    }

    private static void optional(Fields entry, String name, byte[] computed) {
        if (entry.has(name)) {
            entry.expect(name, computed);
        }
    }

    /** The pages write answer and status word apart. */
    private static byte[] spaced(Fields entry, String name) {
        String hex = entry.text(name).replace(" ", "");
        if (hex.length() % 2 != 0 || !hex.matches("[0-9a-fA-F]*")) {
            throw new BadVector(name + " must be hex digits, two for each byte");
        }
        return Hex.parse(hex);
    }

    private static byte[] join(byte[]... parts) {
        ByteWriter all = new ByteWriter();
        for (byte[] part : parts) {
            all.bytes(part);
        }
        return all.toByteArray();
    }

    private static void same(String what, byte[] expected, byte[] found) {
        if (!Arrays.equals(expected, found)) {
            throw new BadVector(what + " expected " + Hex.of(expected) + ", is " + Hex.of(found));
        }
    }

    /** The INIT of a transaction and its answer. */
    private record Begun(byte[] amount, byte[] terminal, byte[] type, ByteReader answer) {
        static Begun read(Fields entry, int p1, int length) {
            CommandApdu init = CommandApdu.parse(spaced(entry, "init_cmd"));
            boolean fits = init.cla() == 0x80 && init.ins() == 0x50 && init.p1() == p1 && init.data().length == 11;
            boolean whole = init.le() == CommandApdu.NO_LE || init.le() == length;
            if (!fits || !whole || init.p2() != 1 && init.p2() != 2) {
                throw new BadVector(
                        "init_cmd must be INIT of this transaction with 11 bytes, Le " + length + " or none");
            }
            var data = new ByteReader(init.data());
            data.u8();
            return new Begun(data.bytes(4), data.bytes(6), new byte[] {(byte) init.p2()}, answer(entry, length));
        }

        private static ByteReader answer(Fields entry, int length) {
            byte[] answer = spaced(entry, "init_resp");
            Optional<byte[]> word = answer.length == length + 2
                    ? Optional.of(Arrays.copyOfRange(answer, length, length + 2))
                    : Optional.empty();
            word.ifPresent(sw -> same("init_resp's status word", Hex.parse("9000"), sw));
            if (answer.length != length && word.isEmpty()) {
                throw new BadVector("init_resp must have " + length + " bytes");
            }
            return new ByteReader(Arrays.copyOf(answer, length));
        }
    }
}
