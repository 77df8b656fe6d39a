package io.zhitong.zt.vectors;

import io.zhitong.cardspec.AccessTranscript;
import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.CommandApdu;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm4;
import java.util.Arrays;
import java.util.Map;

/** Kinds of access vectors (门禁向量): sealed, private, fast; docs/card.md "Access application". */
final class AccessKinds {
    private static final int EPHEMERAL = 33;
    private static final int FAST_DATA = 30;
    private static final int FAST_ANSWER = 25;
    private static final int ALL = 256;

    private final AccessSetting setting;

    private AccessKinds(AccessSetting setting) {
        this.setting = setting;
    }

    static Map<String, CaseCheck> of(AccessSetting setting) {
        var kinds = new AccessKinds(setting);
        return Map.of(
                "sealed", vector -> kinds.sealed(vector, false),
                "private", vector -> kinds.sealed(vector, true),
                "fast", kinds::fast);
    }

    private void sealed(Fields vector, boolean isPrivate) {
        CommandApdu command = command(vector, 0x00);
        checkData(command.data(), isPrivate);
        AccessTranscript transcript = AccessTranscript.of(setting.fci(), vector.hex("distance"), command);
        var response = new ByteReader(vector.hex("response", 234));
        byte[] ephemeral = response.bytes(EPHEMERAL);
        same("response's ephemeral", setting.cardEphemeral().publicKey().compressed(), ephemeral);
        byte[] th = transcript.sealedHash(ephemeral);
        vector.expect("th", th);
        byte[] z = sharedSecret(isPrivate);
        vector.expect("Z", z);
        byte[] keyAndIv = AccessTranscript.sealedKey(z, th);
        vector.expect("key", Arrays.copyOf(keyAndIv, 16));
        vector.expect("iv", Arrays.copyOfRange(keyAndIv, 16, 28));
        checkContent(vector, th, keyAndIv, response.rest());
    }

    private static CommandApdu command(Fields vector, int p1) {
        CommandApdu command = CommandApdu.parse(vector.hex("command"));
        boolean authenticate = command.cla() == 0x80 && command.ins() == 0x8A && command.p1() == p1;
        if (!authenticate || command.le() != ALL) {
            throw new BadVector("command must be AUTHENTICATE with Le 00");
        }
        return command;
    }

    private void checkData(byte[] data, boolean isPrivate) {
        var in = new ByteReader(data);
        byte[] suiteAndVariant = in.bytes(2);
        in.bytes(8 + 4 + 16);
        same("command's suite and variant", Hex.parse(isPrivate ? "0101" : "0100"), suiteAndVariant);
        same("command's point Q", setting.doorEphemeral().publicKey().xy(), in.bytes(64));
        byte[] certificate = isPrivate ? setting.readerCertificate().encode() : new byte[0];
        same("command's reader certificate", certificate, in.rest());
        if (isPrivate) {
            byte[] pointId = Arrays.copyOfRange(data, 2, 10);
            same("command's point id", setting.readerCertificate().subject(), pointId);
        }
    }

    /** Both sides of the agreement must find the same. */
    private byte[] sharedSecret(boolean isPrivate) {
        var card = new ByteWriter()
                .bytes(Sm2.ecdhX(
                        setting.cardEphemeral(), setting.doorEphemeral().publicKey()));
        var door = new ByteWriter()
                .bytes(Sm2.ecdhX(
                        setting.doorEphemeral(), setting.cardEphemeral().publicKey()));
        if (isPrivate) {
            card.bytes(Sm2.ecdhX(setting.cardEphemeral(), setting.reader().publicKey()));
            door.bytes(Sm2.ecdhX(setting.reader(), setting.cardEphemeral().publicKey()));
        }
        same("shared secret of door and card", card.toByteArray(), door.toByteArray());
        return door.toByteArray();
    }

    private void checkContent(Fields vector, byte[] th, byte[] keyAndIv, byte[] sealed) {
        byte[] key = Arrays.copyOf(keyAndIv, 16);
        byte[] iv = Arrays.copyOfRange(keyAndIv, 16, 28);
        byte[] certificate = setting.cardCertificate().encode();
        byte[] message = AccessTranscript.cardMessage(th, certificate);
        vector.expect("signedMessage", message);
        byte[] signature = vector.hex("signature", 64);
        if (!Sm2.verify(setting.card(), message, signature)) {
            throw new BadVector("signature does not verify under the card's point");
        }
        byte[] content = new ByteWriter().bytes(certificate).bytes(signature).toByteArray();
        same("response's sealed part", Sm4.gcmEncrypt(key, iv, th, content), sealed);
    }

    private void fast(Fields vector) {
        CommandApdu command = command(vector, 0x01);
        byte[] response = vector.hex("response", FAST_ANSWER);
        byte[] credential = Arrays.copyOfRange(response, 1, 9);
        byte[] cardKey = CardAlgorithm.SM4.diversify(vector.hex("master", 16), credential);
        vector.expect("cardKey", cardKey);
        AccessTranscript transcript = AccessTranscript.of(setting.fci(), new byte[0], command);
        byte[] open = Arrays.copyOf(response, FAST_ANSWER - 8);
        same("response's MAC", transcript.fastMac(cardKey, open), Arrays.copyOfRange(response, 17, FAST_ANSWER));
        if (command.data().length != FAST_DATA) {
            throw new BadVector("command must have " + FAST_DATA + " bytes of data");
        }
    }

    private static void same(String what, byte[] expected, byte[] found) {
        if (!Arrays.equals(expected, found)) {
            throw new BadVector(what + " expected " + Hex.of(expected) + ", is " + Hex.of(found));
        }
    }
}
