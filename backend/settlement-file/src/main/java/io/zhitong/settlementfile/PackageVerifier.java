package io.zhitong.settlementfile;

import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges a settlement file with nothing but the sender's public key (验签). */
public final class PackageVerifier {
    private PackageVerifier() {}

    /**
     * What was found.
     *
     * @param parsed what could be read
     * @param findings everything that is wrong, the cause first
     */
    public record Verdict(ParsedPackage parsed, List<Finding> findings) {
        public Verdict {
            findings = List.copyOf(findings);
        }

        /** Whether the file is whole and the key's owner signed exactly these bytes under this name. */
        public boolean good() {
            return findings.isEmpty();
        }
    }

    /**
     * @param fileName without folder
     * @param file the file's bytes
     * @param signature DER
     */
    public static Verdict verify(String fileName, byte[] file, byte[] signature, Sm2PublicKey key) {
        ParsedPackage parsed = PackageParser.parse(file);
        List<Finding> findings = new ArrayList<>(parsed.findings());
        name(fileName, parsed).ifPresent(findings::add);
        signature(file, signature, key, parsed).ifPresent(findings::add);
        return new Verdict(parsed, findings);
    }

    private static Optional<Finding> name(String fileName, ParsedPackage parsed) {
        Optional<PackageName> name = PackageName.parse(fileName);
        if (name.isEmpty()) {
            return Optional.of(new Finding(Problem.NAME, 0, "", "TYPE_SENDER_YYYYMMDD_SEQ_VER", fileName));
        }
        return parsed.header()
                .map(PackageHeader::name)
                .filter(signed -> !signed.equals(name.get()))
                .map(signed -> new Finding(Problem.RENAMED, 0, "", signed.toString(), fileName));
    }

    private static Optional<Finding> signature(byte[] file, byte[] der, Sm2PublicKey key, ParsedPackage parsed) {
        String keyId = PublicKeyPem.keyId(key.xy());
        Optional<String> named = parsed.header().map(PackageHeader::keyId);
        if (parsed.consistent() && named.isPresent() && !named.get().equals(keyId)) {
            return Optional.of(new Finding(Problem.KEY_ID, 1, "key id", named.get(), keyId));
        }
        byte[] signature;
        try {
            signature = Sm2.fromDer(der);
        } catch (MalformedInput e) {
            String found = der.length + " bytes of another form";
            return Optional.of(new Finding(Problem.SIGNATURE_FORM, 0, "", "70 to 72 bytes of DER", found));
        }
        if (Sm2.verify(key, file, signature)) {
            return Optional.empty();
        }
        String found = parsed.consistent() ? "a file that is consistent in itself but not the signed one" : "this file";
        return Optional.of(new Finding(Problem.SIGNATURE, 0, "", "the bytes that were signed", found));
    }
}
