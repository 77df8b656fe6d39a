package io.zhitong.zt.crypto;

import io.zhitong.cardspec.CardAlgorithm;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Brings {@code zt crypto mac} (报文鉴别码演算). */
public final class MacCommand implements ZtCommand {
    private static final int MOST_DATA = 4096;
    private static final int SEED = 8;
    private static final int MAC4 = 4;

    @Override
    public CommandGroup group() {
        return CommandGroup.CRYPTO;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    private enum Method {
        CBC,
        CMAC
    }

    @Command(
            name = "mac",
            mixinStandardHelpOptions = true,
            description = {
                "Computes a MAC or TAC and prints every intermediate value. MAC、TAC 演算",
                "Exit codes: 0 done, 1 the file is not one of test keys, 2 wrong options, 3 no such file."
            })
    static final class Arguments implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private TestKeyOptions options = new TestKeyOptions();

        @Option(names = "--key", required = true, paramLabel = "NAME", description = "the key to begin with 起始密钥")
        private String key = "";

        @Option(names = "--factor", paramLabel = "HEX", description = "8 bytes, repeated for each level 分散因子")
        private List<String> factors = List.of();

        @Option(names = "--session", paramLabel = "HEX", description = "seed of a session key, 8 bytes 过程密钥因子")
        private Optional<String> session = Optional.empty();

        @Option(names = "--data", required = true, paramLabel = "HEX", description = "what the MAC covers 数据")
        private String data = "";

        @Option(names = "--iv", paramLabel = "HEX", description = "challenge, padded with zeros to a block 初始值")
        private String iv = "";

        @Option(names = "--method", paramLabel = "NAME", description = "cbc (default) or cmac 算法")
        private Method method = Method.CBC;

        @Override
        public Integer call() throws IOException {
            CardAlgorithm algorithm = options.algorithm();
            byte[] covered = TestKeyOptions.hex("--data", data, 0, MOST_DATA);
            byte[] start = Arrays.copyOf(TestKeyOptions.hex("--iv", iv, 0, algorithm.block()), algorithm.block());
            List<byte[]> path = TestKeyOptions.factors("--factor", factors);
            Optional<byte[]> seed = session.map(each -> TestKeyOptions.hex("--session", each, SEED, SEED));
            if (method == Method.CMAC && (algorithm != CardAlgorithm.SM4 || !iv.isEmpty())) {
                throw new CommandFailure(ExitStatus.USAGE, "cmac is SM4 without an IV here; cmac 仅用于 SM4，无初始值");
            }
            TestKeys keys = options.read();
            byte[] from = keys.key(key);
            PrintWriter out = spec.commandLine().getOut();
            var explanation = new Explanation(out);
            var steps = new CipherSteps(algorithm, explanation);
            byte[] card = steps.derive(key, from, path);
            byte[] used = seed.map(each -> steps.session(card, each)).orElse(card);
            byte[] mac = method == Method.CMAC ? steps.cmac(used, covered) : steps.cbcMac(used, start, covered);
            explanation.result("MAC", mac);
            explanation.result("left 4 左4字节", Arrays.copyOf(mac, MAC4));
            out.flush();
            return ExitStatus.OK.code();
        }
    }
}
