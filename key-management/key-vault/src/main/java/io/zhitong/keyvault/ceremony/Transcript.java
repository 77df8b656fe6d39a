package io.zhitong.keyvault.ceremony;

import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.ByteWriter;
import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.Sm3;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The ceremony's record for people and for checking (仪式记录), docs/keys.md#transcript. First line {@value #MAGIC}; a record a
 * line: number, time, kind, facts {@code name=value}, chain hash, with a tab between; last the signature. Chain hash =
 * SM3(hash before 32 ‖ the line's UTF-8 up to the tab before the hash). Immutable.
 *
 * @param lines of records
 * @param hash of the last record
 * @param signature line of a finished one, empty before
 */
record Transcript(List<String> lines, byte[] hash, String signature) {
    static final String MAGIC = "zhitong ceremony transcript 1";
    static final String SIGNATURE = "signature";

    Transcript {
        lines = List.copyOf(lines);
        hash = hash.clone();
    }

    static Transcript empty() {
        return new Transcript(List.of(), HashChain.start(), "");
    }

    /**
     * With one more record.
     *
     * @param facts {@code name=value}, without tabs and line ends
     */
    Transcript with(Instant time, TranscriptKind kind, String... facts) {
        StringBuilder body = new StringBuilder()
                .append(lines.size() + 1)
                .append('\t')
                .append(Instant.ofEpochSecond(time.getEpochSecond()))
                .append('\t')
                .append(kind);
        for (String fact : facts) {
            body.append('\t').append(fact);
        }
        byte[] next = HashChain.next(hash, body.toString().getBytes(StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>(lines);
        all.add(body + "\t" + Hex.of(next));
        return new Transcript(all, next, "");
    }

    /** With the last record, which says how many there are, and the signature. */
    Transcript ended(Instant time, UnaryOperator<byte[]> signer) {
        Transcript last = with(time, TranscriptKind.END, "records=" + (lines.size() + 1));
        String sealed = SIGNATURE + "\t" + Hex.of(signer.apply(signed(last.hash())));
        return new Transcript(last.lines(), last.hash(), sealed);
    }

    /** What is signed: 'ZTCT' ‖ hash of the last record 32. */
    static byte[] signed(byte[] lastHash) {
        return new ByteWriter().ascii("ZTCT").bytes(lastHash).toByteArray();
    }

    /** SM3(x ‖ y), its first 16 bytes in groups of four digits: what is read aloud. */
    static String fingerprint(byte[] publicKey) {
        String digits = Hex.of(Sm3.hash(publicKey)).substring(0, 32);
        return String.join(" ", digits.split("(?<=\\G.{4})"));
    }

    String text() {
        String body = MAGIC + "\n" + String.join("\n", lines) + "\n";
        return signature.isEmpty() ? body : body + signature + "\n";
    }

    void encode(ByteWriter out) {
        out.u16(lines.size());
        lines.forEach(out::text);
        out.bytes(hash).text(signature);
    }

    static Transcript decode(ByteReader in) {
        List<String> lines = new ArrayList<>();
        for (int count = in.u16(); count > 0; count--) {
            lines.add(in.text());
        }
        return new Transcript(lines, in.bytes(Sm3.LENGTH), in.text());
    }
}
