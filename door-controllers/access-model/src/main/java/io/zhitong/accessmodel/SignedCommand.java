package io.zhitong.accessmodel;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.function.UnaryOperator;

/**
 * A command with the signature of the community's command key (签名指令): a taken-over gateway can open no door.
 *
 * <p>Bytes: message ‖ signature 64 (r ‖ s, SM2 over the message). Message: {@link CommandOrder}.
 *
 * @param signature 64 bytes
 */
public record SignedCommand(CommandOrder order, Octets signature) {

    public static final int MAX_LENGTH = 1024;
    private static final int SIGNATURE_LENGTH = 64;

    public SignedCommand {
        signature.expect(SIGNATURE_LENGTH, "a signature");
    }

    /** @param signer answers r ‖ s of the command key over the message it gets; normally the vault */
    public static SignedCommand sign(CommandOrder order, UnaryOperator<byte[]> signer) {
        return new SignedCommand(order, Octets.of(signer.apply(order.message())));
    }

    public boolean signedBy(Sm2PublicKey commandKey) {
        return Sm2.verify(commandKey, order.message(), signature.toByteArray());
    }

    public byte[] encode() {
        return new ByteWriter()
                .bytes(order.message())
                .bytes(signature.toByteArray())
                .toByteArray();
    }

    /** @throws ModelException if the bytes are not exactly one command */
    public static SignedCommand decode(byte[] bytes) {
        return Decoding.exactly(bytes, MAX_LENGTH, "command", SignedCommand::read);
    }

    private static SignedCommand read(ByteReader in) {
        return new SignedCommand(CommandOrder.read(in), Octets.of(in.bytes(SIGNATURE_LENGTH)));
    }
}
