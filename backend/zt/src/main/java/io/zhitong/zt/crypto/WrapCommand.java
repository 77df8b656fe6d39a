package io.zhitong.zt.crypto;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cardspec.SecureMessaging;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.smcrypto.ByteWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings {@code zt crypto wrap} (密钥加密装载演算): the data of WRITE KEY, docs/keys.md "Wrapping". */
public final class WrapCommand implements ZtCommand {
    private static final int HEAD = 5;
    private static final int TAIL = 4;
    private static final int HEADER = 4;

    @Override
    public CommandGroup group() {
        return CommandGroup.CRYPTO;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    @Command(
            name = "wrap",
            mixinStandardHelpOptions = true,
            description = {
                "Wraps one key under another as WRITE KEY takes it and prints every intermediate value. 密钥加密装载演算",
                "Exit codes: 0 done, 1 the file is not one of test keys, 2 wrong options, 3 no such file."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private TestKeyOptions options = new TestKeyOptions();

        @Option(names = "--control", required = true, paramLabel = "NAME", description = "the control key 主控密钥")
        private String control = "";

        @Option(names = "--control-factor", paramLabel = "HEX", description = "its factors, from the top 主控密钥分散因子")
        private List<String> controlFactors = List.of();

        @Option(names = "--key", required = true, paramLabel = "NAME", description = "the key to be wrapped 被装载密钥")
        private String key = "";

        @Option(names = "--factor", paramLabel = "HEX", description = "its factors, from the top 分散因子")
        private List<String> factors = List.of();

        @Option(names = "--challenge", required = true, paramLabel = "HEX", description = "the card's challenge 卡片随机数")
        private String challenge = "";

        @Option(names = "--header", paramLabel = "HEX", description = "CLA INS P1 P2, by default 84d40100 命令头")
        private String header = "84d40100";

        @Option(
                names = "--head",
                required = true,
                paramLabel = "HEX",
                description = "what stands before the key, 5 bytes")
        private String head = "";

        @Option(names = "--tail", paramLabel = "HEX", description = "what stands behind it, up to 4 bytes")
        private String tail = "";

        @Override
        public Integer call() throws IOException {
            byte[] random = TestKeyOptions.hex("--challenge", challenge, HEADER, 16);
            byte[] command = TestKeyOptions.hex("--header", header, HEADER, HEADER);
            byte[] before = TestKeyOptions.hex("--head", head, HEAD, HEAD);
            byte[] after = TestKeyOptions.hex("--tail", tail, 0, TAIL);
            List<byte[]> controlPath = TestKeyOptions.factors("--control-factor", controlFactors);
            List<byte[]> path = TestKeyOptions.factors("--factor", factors);
            CardAlgorithm algorithm = options.algorithm();
            TestKeys keys = options.read();
            byte[] above = keys.key(control);
            byte[] below = keys.key(key);
            PrintWriter out = spec.commandLine().getOut();
            var explanation = new Explanation(out);
            var steps = new CipherSteps(algorithm, explanation);
            byte[] wrapping = steps.derive(control, above, controlPath);
            byte[] wrapped = steps.derive(key, below, path);
            byte[] enc = steps.encrypted(wrapping, CipherSteps.join(CipherSteps.join(before, wrapped), after));
            byte[] covered = new ByteWriter()
                    .bytes(command)
                    .u8(enc.length + SecureMessaging.MAC)
                    .bytes(enc)
                    .toByteArray();
            byte[] mac = Arrays.copyOf(
                    steps.cbcMac(wrapping, SecureMessaging.iv(algorithm, random), covered), SecureMessaging.MAC);
            explanation.result("MAC4", mac);
            explanation.result("WRITE KEY data 数据域", CipherSteps.join(enc, mac));
            out.flush();
            return ExitStatus.OK.code();
        }
    }
}
