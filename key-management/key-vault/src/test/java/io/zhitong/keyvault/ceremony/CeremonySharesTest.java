package io.zhitong.keyvault.ceremony;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyvault.quorum.Share;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Master, set, shares and their KCVs beside a second implementation in Node, written from the page. */
@Timeout(60)
class CeremonySharesTest {
    private static final String ID = "000102030405060708090a0b0c0d0e0f";
    private static final String CONTRIBUTION = "c0".repeat(32);

    @ParameterizedTest
    @CsvSource({"2, 2, false", "3, 4, false", "3, 4, true", "15, 15, false"})
    void shares_are_those_of_the_second_implementation(int needed, int dealt, boolean rehearsal)
            throws IOException, InterruptedException {
        TreeMap<Integer, SecretBytes> components = new TreeMap<>();
        List<String> typed = new ArrayList<>();
        for (int x = 1; x <= dealt; x++) {
            typed.add("component-of-custodian-" + x + "-0123456789".repeat(x));
            components.put(x, SecretBytes.takeOver(typed.get(x - 1).getBytes(StandardCharsets.US_ASCII)));
        }
        CeremonySettings settings = new CeremonySettings("n", needed, dealt, rehearsal, true);
        JsonNode second = second(settings, typed);
        try (CeremonySecret secret =
                        CeremonySecret.combine(Hex.parse(ID), settings, Hex.parse(CONTRIBUTION), components);
                SecretBytes master = secret.master()) {
            assertEquals(second.get("master").asString(), Hex.of(master.export(SecretAccess.TOKEN)));
            List<Share> shares = secret.shares();
            for (int i = 0; i < dealt; i++) {
                assertEquals(
                        second.get("shares").get(i).asString(), shares.get(i).export(SecretAccess.TOKEN));
                assertEquals(
                        second.get("kcvs").get(i).asString(),
                        Hex.of(shares.get(i).kcv()));
            }
        }
    }

    private static JsonNode second(CeremonySettings settings, List<String> components)
            throws IOException, InterruptedException {
        String asked = "{\"id\":\"" + ID + "\",\"contribution\":\"" + CONTRIBUTION + "\",\"needed\":"
                + settings.needed() + ",\"dealt\":" + settings.dealt() + ",\"rehearsal\":" + settings.rehearsal()
                + ",\"components\":[\"" + String.join("\",\"", components) + "\"]}";
        Process process = new ProcessBuilder("node", "src/test/node/ceremony-shares.mjs")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().write(asked.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), answer);
        return new JsonMapper().readTree(answer);
    }
}
