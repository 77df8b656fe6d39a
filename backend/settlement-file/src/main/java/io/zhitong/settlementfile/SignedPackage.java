package io.zhitong.settlementfile;

import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A settlement file with its detached signature (带签名的清算文件).
 *
 * @param content the exact bytes
 * @param signature DER, over exactly these bytes
 */
public record SignedPackage(PackageName name, byte[] content, byte[] signature) {
    public SignedPackage {
        content = content.clone();
        signature = signature.clone();
    }

    /** Writes the records and has them signed. */
    public static SignedPackage make(
            PackageName name, String receiver, List<SettlementRecord> records, PackageSigner signer) {
        String keyId = PublicKeyPem.keyId(signer.publicKey());
        byte[] content = PackageWriter.write(name, receiver, keyId, records);
        return new SignedPackage(name, content, Sm2.toDer(signer.sign(content)));
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /** SM3 of the content, 64 hex digits. */
    public String digest() {
        return CheckChain.hex(Sm3.hash(content));
    }

    byte[] okText() {
        return (digest() + "  " + name + "\n").getBytes(StandardCharsets.US_ASCII);
    }
}
