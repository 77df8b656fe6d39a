package io.zhitong.zt.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zhitong.cliapi.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Files in the form of Project Wycheproof; the values of the tests are its own (testvectors_v1, Apache 2.0). */
class WycheproofTest {
    private static final String GCM = file(
            "SM4-GCM",
            group(
                    96,
                    128,
                    aead(
                            "384ea416ac3c2f51a76e7d8226346d4e",
                            "b30c084727ad1c592ac21d12",
                            "",
                            "35",
                            "a3",
                            "a06f50a378b116e9dd2363a6e8babd88",
                            "valid"),
                    aead(
                            "e63a43216c08867210e248859eb5e99c",
                            "9c3a4263d983456658aad4b1",
                            "834afdc5c737186b",
                            "b14da56b0462dc05b871fc815273ff4810f92f4b",
                            "74011a2daa5b32ff71fc8fdd8b6ac88f3ac34c96",
                            "7888f6f99acd94c4e7f919de632107dd",
                            "valid"),
                    aead(
                            "e63a43216c08867210e248859eb5e99c",
                            "9c3a4263d983456658aad4b1",
                            "834afdc5c737186b",
                            "b14da56b0462dc05b871fc815273ff4810f92f4b",
                            "74011a2daa5b32ff71fc8fdd8b6ac88f3ac34c96",
                            "7888f6f99acd94c4e7f919de632107dc",
                            "invalid")),
            group(
                    0,
                    128,
                    aead(
                            "e63a43216c08867210e248859eb5e99c",
                            "",
                            "",
                            "00",
                            "00",
                            "7888f6f99acd94c4e7f919de632107dd",
                            "invalid")));

    private static final String CCM = file(
            "SM4-CCM",
            group(
                    104,
                    128,
                    aead(
                            "e74b73c2ad93d38dd4432d6e51d3e3ec",
                            "06ee28ea532ff5aae6b0f6a28a",
                            "10bc9864f1332e41",
                            "aad5d758041e5443ede7e9bbac1db490",
                            "a8b2f3d538970d01e89ba6cdb2d42d7a",
                            "11737a3da0464e3b21fdfad48c64dee3",
                            "valid")),
            group(
                    96,
                    48,
                    aead(
                            "a465be21f5b420cd39009b0ef89dbec2",
                            "d8b287caee5af69bc89545e9",
                            "b452e6c112647de674249d1eec109ffc",
                            "c190d1270334016daeeb12f0ddd55905",
                            "fdba6b4e3e253f228c1da67be9054fc7",
                            "6e029fc937ce",
                            "valid")),
            group(
                    112,
                    96,
                    aead(
                            "000102030405060708090a0b0c0d0e0f",
                            "404142434445464748494a4b4c4d",
                            "",
                            "202122232425262728292a2b2c2d2e2f",
                            "d0b6da17ed7218c744165a04ce4219ef",
                            "b5577e6b3d884d81338d11c4",
                            "invalid")),
            group(
                    96,
                    56,
                    aead(
                            "000102030405060708090a0b0c0d0e0f",
                            "464748494a4b4c4d4e4f5051",
                            "",
                            "202122232425262728292a2b2c2d2e2f",
                            "b3290eddb2eaad47eead0c7d7200dd2c",
                            "f529f5302c8a34",
                            "acceptable")));

    private static final String HMAC = file(
            "HMACSM3",
            "{\"type\":\"MacTest\",\"keySize\":256,\"tagSize\":256,\"tests\":["
                    + mac(
                            "1e225cafb90339bba1b24076d4206c3e79c355805d851682bc818baa4f5a7779",
                            "",
                            "f9938b1b2515117f25dcd636c9a6a0e7f00bccaf5347e0e0df435cfca736cfc1",
                            "valid")
                    + ","
                    + mac(
                            "186e248ad824e1eb93329a7fdcd565b6cb4eaf3f85b90b910777128d8c538d27",
                            "92ef9ff52f46eccc7e38b9ee19fd2de3b37726c8e6ce9e1b96db5dda4c317902",
                            "ee692185356cbdb3b5afe83cdcc1e13b9576b333a2b99fd99aad2ea61c251b4c",
                            "valid")
                    + ","
                    + mac(
                            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                            "000102030405060708090a0b0c0d0e0f",
                            "67d4d2f037472811eba125f2696bafd6a7f8f40c8fe91dcc7d7cca538b3626c5",
                            "invalid")
                    + "]}");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static String file(String algorithm, String... groups) {
        String all = String.join(",", groups);
        long tests = Pattern.compile("@").matcher(all).results().count();
        Matcher id = Pattern.compile("@").matcher(all);
        int[] next = {0};
        String numbered = id.replaceAll(match -> String.valueOf(++next[0]));
        return "{\"algorithm\":\"" + algorithm + "\",\"schema\":\"x\",\"generatorVersion\":\"0.9\",\"notes\":{},"
                + "\"numberOfTests\":" + tests + ",\"testGroups\":[" + numbered + "]}";
    }

    private static String group(int iv, int tag, String... tests) {
        return "{\"type\":\"AeadTest\",\"keySize\":128,\"ivSize\":" + iv + ",\"tagSize\":" + tag + ",\"tests\":["
                + Stream.of(tests).collect(Collectors.joining(",")) + "]}";
    }

    private static String aead(String key, String iv, String aad, String msg, String ct, String tag, String result) {
        return "{\"tcId\":@,\"comment\":\"\",\"flags\":[],\"key\":\"" + key + "\",\"iv\":\"" + iv + "\",\"aad\":\""
                + aad + "\",\"msg\":\"" + msg + "\",\"ct\":\"" + ct + "\",\"tag\":\"" + tag + "\",\"result\":\""
                + result + "\"}";
    }

    private static String mac(String key, String msg, String tag, String result) {
        return "{\"tcId\":@,\"comment\":\"\",\"flags\":[],\"key\":\"" + key + "\",\"msg\":\"" + msg + "\",\"tag\":\""
                + tag + "\",\"result\":\"" + result + "\"}";
    }

    @Test
    void files_of_the_three_algorithms_pass_and_results_are_counted() throws IOException {
        assertEquals(0, run(GCM), out.toString());
        assertTrue(out.toString().contains("4 of 4 cases passed (SM4-GCM invalid 2, SM4-GCM valid 2)"), out.toString());
        assertEquals(0, run(CCM), out.toString());
        assertTrue(
                out.toString().contains("(SM4-CCM acceptable 1, SM4-CCM invalid 1, SM4-CCM valid 2)"), out.toString());
        assertEquals(0, run(HMAC), out.toString());
        assertTrue(out.toString().contains("(HMACSM3 invalid 1, HMACSM3 valid 2)"), out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GCM", "CCM", "HMAC"})
    void one_changed_hex_digit_of_a_valid_test_fails_and_names_it(String which) throws IOException {
        String good = which.equals("GCM") ? GCM : which.equals("CCM") ? CCM : HMAC;
        Matcher valid =
                Pattern.compile("\"tcId\":(\\d+)[^}]*\"result\":\"valid\"").matcher(good);
        int tried = 0;
        while (valid.find()) {
            Matcher value = Pattern.compile("\":\"([0-9a-f]{2,})\"").matcher(valid.group());
            while (value.find()) {
                int at = valid.start() + value.start(1);
                char flipped = good.charAt(at) == '0' ? '1' : '0';
                assertEquals(1, run(good.substring(0, at) + flipped + good.substring(at + 1)));
                assertTrue(out.toString().contains("tcId " + valid.group(1) + ")"), out.toString());
                tried++;
            }
        }
        assertTrue(tried >= 5, "tried " + tried);
    }

    /** The invalid ones are refused because they are wrong, not because nothing passes. */
    @Test
    void an_invalid_test_mended_is_accepted_and_therefore_fails() throws IOException {
        assertEquals(1, run(GCM.replace("7888f6f99acd94c4e7f919de632107dc", "7888f6f99acd94c4e7f919de632107dd")));
        assertTrue(out.toString().contains("tcId 3): is invalid, but was accepted"), out.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tcId\":1, | | no tcId): missing field tcId",
                "\"iv\":\"b30c084727ad1c592ac21d12\", | | tcId 1): missing field iv",
                "\"msg\":\"35\", | | tcId 1): missing field msg",
                "\"msg\":\"35\" | \"msg\":\"3\" | tcId 1): msg must be hex digits",
                "\"ivSize\":96 | \"ivSize\":64 | tcId 1): iv has 96 bits, the group's ivSize is 64",
                "\"result\":\"valid\" | \"result\":\"perhaps\" | tcId 1): result must be",
            })
    void a_test_that_cannot_be_judged_fails_and_is_named(String what, String instead, String said) throws IOException {
        assertEquals(1, run(GCM.replace(what, instead == null ? "" : instead)));
        assertTrue(out.toString().contains(said), out.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"SM4-GCM\" | \"AES-GCM\" | unknown algorithm",
                "\"algorithm\":\"SM4-GCM\", | \"x\":\"\", | missing field algorithm",
                "\"numberOfTests\":4 | \"numberOfTests\":5 | numberOfTests is 5, the file has 4",
                "\"tests\" | \"test\" | missing field testGroups[0].tests",
                "\"testGroups\":[ | \"testGroups\":[7, | testGroups[0] must be a JSON object",
            })
    void a_file_that_cannot_be_judged_ends_with_one_clear_line(String what, String instead, String said)
            throws IOException {
        assertEquals(1, run(GCM.replace(what, instead)));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains(said), err.toString());
    }

    private int run(String json) throws IOException {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Programs.commandLine(new VectorsCheckCommand().command());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(
                Files.writeString(directory.resolve("wycheproof.json"), json).toString());
    }
}
