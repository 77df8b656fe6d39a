package io.zhitong.keyapi;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import java.util.List;

/**
 * A vault at one moment (密钥库画像), without anything secret. On the wire: time 8 ‖ status ‖ masters shown 1 ‖ batch of listings ‖
 * batch of signers ‖ batch of authorities (sized DER) ‖ batch of revocations ‖ batch of facts.
 *
 * @param time Unix milliseconds
 * @param status as {@link KeyService#status}
 * @param mastersShown whether the master compartment was open; a closed one lists no masters
 * @param masters as {@link KeyService#keys}
 * @param signers whose public point is known
 * @param authorities certificates of the machine authorities, DER
 * @param revocations of machine certificates
 * @param facts about the running process: versions, home of the module, files it opens by
 */
public record VaultPortrait(
        long time,
        VaultStatus status,
        boolean mastersShown,
        List<KeyListing> masters,
        List<Signer> signers,
        List<byte[]> authorities,
        List<Revocation> revocations,
        List<Fact> facts) {
    /**
     * One signing key's public half. On the wire: code 1 ‖ x ‖ y 64.
     *
     * @param point x ‖ y
     */
    public record Signer(SigningKey key, byte[] point) {
        public Signer {
            point = Checks.length("public point", point, 64);
        }

        void encode(ByteWriter out) {
            out.u8(key.code()).bytes(point);
        }

        static Signer decode(ByteReader in) {
            return new Signer(SigningKey.of(in.u8()), in.bytes(64));
        }
    }

    /**
     * One fact in words. On the wire: two texts.
     *
     * @param name of the fact, in letters and dots
     * @param value at most 400 characters
     */
    public record Fact(String name, String value) {
        public Fact {
            Checks.range("name of a fact", name.length(), 1, 64);
            Checks.range("fact", value.length(), 0, 400);
        }

        void encode(ByteWriter out) {
            out.text(name).text(value);
        }

        static Fact decode(ByteReader in) {
            return new Fact(in.text(), in.text());
        }
    }

    public VaultPortrait {
        masters = List.copyOf(masters);
        signers = List.copyOf(signers);
        authorities = authorities.stream()
                .map(der -> Checks.length("certificate", der, 1, 4096))
                .toList();
        revocations = List.copyOf(revocations);
        facts = List.copyOf(facts);
    }

    /** A fact by its name; empty text when the vault does not tell it. */
    public String fact(String name) {
        return facts.stream()
                .filter(fact -> fact.name().equals(name))
                .map(Fact::value)
                .findFirst()
                .orElse("");
    }

    void encode(ByteWriter out) {
        out.u64(time);
        status.encode(out);
        out.u8(mastersShown ? 1 : 0);
        Lists.encode(out, masters, KeyListing::encode);
        Lists.encode(out, signers, Signer::encode);
        Lists.encode(out, authorities, (der, to) -> to.sized(der));
        Lists.encode(out, revocations, Revocation::encode);
        Lists.encode(out, facts, Fact::encode);
    }

    static VaultPortrait decode(ByteReader in) {
        return new VaultPortrait(
                in.u64(),
                VaultStatus.decode(in),
                Checks.flag(in.u8()),
                Lists.decode(in, KeyListing::decode),
                Lists.decode(in, Signer::decode),
                Lists.decode(in, ByteReader::sized),
                Lists.decode(in, Revocation::decode),
                Lists.decode(in, Fact::decode));
    }
}
