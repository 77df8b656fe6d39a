package io.zhitong.zt.crypto;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of every {@code zt crypto} command (公共选项). */
final class TestKeyOptions {
    private static final int FACTOR = 8;

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "FILE",
            description = "marked file of test keys: first line \"" + TestKeys.MARK + "\", then NAME = HEX 测试密钥文件")
    private Path keys = Path.of("");

    @Option(names = "--algorithm", paramLabel = "NAME", description = "sm4 (default) or 3des 算法")
    private String algorithm = "sm4";

    TestKeys read() throws IOException {
        return TestKeys.read(keys);
    }

    CardAlgorithm algorithm() {
        return switch (algorithm) {
            case "sm4" -> CardAlgorithm.SM4;
            case "3des" -> CardAlgorithm.TRIPLE_DES;
            default -> throw new CommandFailure(ExitStatus.USAGE, "--algorithm: expected sm4 or 3des 算法应为 sm4 或 3des");
        };
    }

    /** Bytes of an option's hex digits, from least to most of them. */
    static byte[] hex(String option, String digits, int least, int most) {
        try {
            byte[] bytes = Hex.parse(digits);
            if (bytes.length >= least && bytes.length <= most) {
                return bytes;
            }
        } catch (MalformedInput e) {
            throw wrong(option, least, most);
        }
        throw wrong(option, least, most);
    }

    /** Factors of 8 bytes, in the order of derivation. */
    static List<byte[]> factors(String option, List<String> digits) {
        return digits.stream().map(each -> hex(option, each, FACTOR, FACTOR)).toList();
    }

    private static CommandFailure wrong(String option, int least, int most) {
        String length = least == most ? String.valueOf(least) : least + " to " + most;
        return new CommandFailure(ExitStatus.USAGE, option + ": expected hex digits of " + length + " bytes 十六进制长度不符");
    }
}
