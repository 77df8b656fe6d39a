package io.zhitong.zt.vectors;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.Map;

/** Kinds of vectors about keys and protected commands (密钥与安全报文向量), docs/card.md and docs/keys.md, algorithm SM4. */
final class KeyKinds {
    static final Map<String, CaseCheck> ALL = Map.of(
            "diversify", KeyKinds::diversify,
            "secure-messaging-mac", KeyKinds::commandMac,
            "secure-messaging-encrypted", KeyKinds::encryptedCommand,
            "protected-read-answer", KeyKinds::answerMac,
            "external-authenticate", KeyKinds::externalAuthenticate,
            "kcv", KeyKinds::kcv);

    private static final CardAlgorithm SM4 = CardAlgorithm.SM4;

    private KeyKinds() {}

    private static void diversify(Fields vector) {
        vector.expect("derived", SM4.diversify(vector.hex("master", 16), vector.hexList("factors", 8)));
    }

    private static void commandMac(Fields vector) {
        byte[] command = vector.hex("command");
        if (command.length < 5) {
            throw new BadVector("command must hold CLA INS P1 P2 Lc");
        }
        byte[] data = Arrays.copyOfRange(command, 5, command.length);
        if ((command[4] & 0xFF) != data.length + SecureMessaging.MAC) {
            throw new BadVector("command's Lc expected " + (data.length + SecureMessaging.MAC) + " with its MAC, is "
                    + (command[4] & 0xFF));
        }
        byte[] header = Arrays.copyOf(command, 4);
        vector.expect("MAC", SecureMessaging.commandMac(SM4, vector.hex("key", 16), challenge(vector), header, data));
    }

    private static void encryptedCommand(Fields vector) {
        byte[] expected = vector.hex("command");
        CommandApdu header = CommandApdu.parse(Arrays.copyOf(expected, 4)).with(vector.hex("plain"));
        CommandApdu computed = SecureMessaging.protectEncrypted(SM4, vector.hex("key", 16), challenge(vector), header);
        vector.expect("command", computed.encode());
    }

    private static void answerMac(Fields vector) {
        vector.expect(
                "MAC", SecureMessaging.answerMac(SM4, vector.hex("key", 16), challenge(vector), vector.hex("data")));
    }

    private static byte[] challenge(Fields vector) {
        byte[] challenge = vector.hex("challenge");
        if (challenge.length != 4 && challenge.length != 8 && challenge.length != 16) {
            throw new BadVector("challenge must have 4, 8 or 16 bytes, has " + challenge.length);
        }
        return challenge;
    }

    private static void externalAuthenticate(Fields vector) {
        byte[] challenge = vector.hex("challenge");
        byte[] block = Sm4.encryptBlock(vector.hex("key", 16), Arrays.copyOf(challenge, 16));
        vector.expect(
                "cryptogram",
                switch (challenge.length) {
                    case 8 -> folded(block);
                    case 16 -> block;
                    default -> throw new BadVector("challenge must have 8 or 16 bytes, has " + challenge.length);
                });
    }

    private static byte[] folded(byte[] block) {
        byte[] half = Arrays.copyOf(block, 8);
        for (int i = 0; i < 8; i++) {
            half[i] ^= block[i + 8];
        }
        return half;
    }

    private static void kcv(Fields vector) {
        byte[] key = vector.hex("key", 16);
        byte[] zero = Hex.parse("00000000000000000000000000000000");
        vector.expect("CMAC", Arrays.copyOf(Sm4.cmac(key, zero), 3));
        vector.expect("ECB", Arrays.copyOf(Sm4.encryptBlock(key, zero), 3));
    }
}
