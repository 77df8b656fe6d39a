package io.zhitong.keyvault.ceremony;

import io.zhitong.smcrypto.HashChain;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks a transcript offline (仪式记录校验): chain, numbers, end, signature, fingerprint. */
public final class TranscriptVerifier {
    private static final int LEAST_FIELDS = 4;

    /**
     * What was found.
     *
     * @param records in it
     * @param fingerprint of the key that signed
     * @param rehearsal whether it says so of itself
     * @param problems in words, empty when it is right
     */
    public record Result(int records, String fingerprint, boolean rehearsal, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }

        public boolean right() {
            return problems.isEmpty();
        }
    }

    private final List<String> problems = new ArrayList<>();
    private byte[] hash = HashChain.start();
    private String last = "";

    private TranscriptVerifier() {}

    /**
     * Checks the file's text.
     *
     * @param fingerprint what was read aloud, blanks and case ignored; without it the key is only named
     */
    public static Result verify(String text, Optional<String> fingerprint) {
        return new TranscriptVerifier().run(text, fingerprint);
    }

    private Result run(String text, Optional<String> fingerprint) {
        List<String> lines = List.of(text.split("\n", -1));
        int records = lines.size() - 3;
        if (records < 2
                || !lines.get(0).equals(Transcript.MAGIC)
                || !lines.get(lines.size() - 1).isEmpty()) {
            return new Result(
                    0, "", false, List.of("expected '" + Transcript.MAGIC + "', records, signature, line end"));
        }
        for (int i = 1; i <= records; i++) {
            record(i, records, lines.get(i));
        }
        String first = lines.get(1);
        if (!kind(first).equals("STARTED")) {
            problems.add("record 1: expected STARTED");
        }
        if (!kind(last).equals("END") || !last.contains("\trecords=" + records + "\t")) {
            problems.add("record " + records + ": expected END with records=" + records);
        }
        String shown = signature(fact(first, "key"), lines.get(lines.size() - 2));
        fingerprint.ifPresent(said -> compare(said, shown));
        return new Result(records, shown, fact(first, "rehearsal").equals("yes"), problems);
    }

    private void record(int number, int records, String line) {
        int at = line.lastIndexOf('\t');
        String body = line.substring(0, Math.max(at, 0));
        hash = HashChain.next(hash, body.getBytes(StandardCharsets.UTF_8));
        if (!line.equals(body + "\t" + Hex.of(hash))) {
            problems.add("record " + number + " was changed, or one before it is missing");
        } else if (body.split("\t").length < LEAST_FIELDS - 1 || !body.startsWith(number + "\t")) {
            problems.add("record " + number + ": expected its number, time and kind");
        } else if (number < records && kind(line).equals("END")) {
            problems.add("record " + number + ": END stands in the middle");
        }
        last = line;
    }

    private String signature(String key, String line) {
        try {
            Sm2PublicKey signer = Sm2PublicKey.decode(Hex.parse(key));
            String[] parts = line.split("\t");
            boolean right = parts.length == 2
                    && parts[0].equals(Transcript.SIGNATURE)
                    && parts[1].equals(parts[1].toLowerCase(Locale.ROOT))
                    && Sm2.verify(signer, Transcript.signed(hash), Hex.parse(parts[1]));
            if (!right) {
                problems.add("the signature does not verify");
            }
            return Transcript.fingerprint(signer.xy());
        } catch (MalformedInput e) {
            problems.add("expected a public key in record 1 and a signature at the end");
            return "";
        }
    }

    private void compare(String said, String shown) {
        byte[] left = digits(said).getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(left, digits(shown).getBytes(StandardCharsets.UTF_8))) {
            problems.add("the fingerprint is not the one that was read aloud");
        }
    }

    private static String digits(String fingerprint) {
        return fingerprint.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    }

    private static String kind(String line) {
        String[] fields = line.split("\t");
        return fields.length > 2 ? fields[2] : "";
    }

    private static String fact(String line, String name) {
        for (String field : line.split("\t")) {
            if (field.startsWith(name + "=")) {
                return field.substring(name.length() + 1);
            }
        }
        return "";
    }
}
