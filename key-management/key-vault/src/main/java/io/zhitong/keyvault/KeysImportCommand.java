package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.KeyOrder;
import io.zhitong.keyapi.KeyRef;
import io.zhitong.keyvault.life.MasterBytes;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys import} (导入主密钥): a key block under an exchange key, or the components that a partner dealt. */
public final class KeysImportCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Import();
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Take a master as a key block or from a partner's components 导入密钥块或对方分量.")
    static final class Import implements Callable<Integer> {
        private static final int MOST_BLOCK = 1024;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private KeyOrderOptions options = new KeyOrderOptions();

        @Option(names = "--block", paramLabel = "FILE", description = "file with the key block 密钥块文件")
        private Optional<Path> block = Optional.empty();

        @Option(
                names = "--exchange",
                paramLabel = "EXCHANGE/VERSION:PARTNER",
                description = "the exchange key that protects the block 保护它的交换密钥")
        private String exchange = "";

        @Option(
                names = "--component",
                paramLabel = "FILE",
                description = "file with one component, 32 hex digits; repeat 分量文件，可重复")
        private List<Path> components = new ArrayList<>();

        @Option(names = "--key", paramLabel = "USAGE/VERSION[:FACTOR…]", description = "what the components make 主密钥名称")
        private String key = "";

        @Option(names = "--kcv", paramLabel = "HEX", description = "the partner's check value, 6 hex digits 校验值")
        private String kcv = "";

        @Option(names = "--psam-only", description = "another issuer's purse: for PSAMs only 他方发行，仅入PSAM")
        private boolean samOnly;

        @Override
        public Integer call() throws Exception {
            PrintWriter out = spec.commandLine().getOut();
            if (block.isPresent() != components.isEmpty()) {
                return usage("expected either --block with --exchange, or --component with --key and --kcv");
            }
            if (block.isPresent()) {
                return options.order(out, new KeyOrder.ImportKeyBlock(KeyOrderOptions.key(exchange), samOnly, text()));
            }
            if (options.served()) {
                return usage("components go into a vault that no process serves: stop it first");
            }
            KeyRef name = KeyOrderOptions.key(key);
            return KeyOrderOptions.guarded(() -> {
                out.println(fromComponents(name));
                out.flush();
                return ExitStatus.OK.code();
            });
        }

        private static int usage(String message) {
            throw new CommandFailure(ExitStatus.USAGE, message);
        }

        private String text() throws IOException {
            Path file = block.orElseThrow();
            if (Files.size(file) > MOST_BLOCK) {
                throw new CommandFailure(ExitStatus.USAGE, "expected a key block in " + file);
            }
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        }

        private String fromComponents(KeyRef name) throws IOException {
            List<SecretBytes> parts = new ArrayList<>();
            try (OfflineVault vault = OfflineVault.open(options.data(), options.shares())) {
                for (Path file : components) {
                    parts.add(component(file));
                }
                SecretBytes made = MasterBytes.ofComponents(parts, Hex.parse(kcv));
                return vault.execute(
                        "import " + name.text() + " from components",
                        orders -> number -> orders.importKey(number, name, samOnly, made));
            } finally {
                parts.forEach(SecretBytes::close);
            }
        }

        private static SecretBytes component(Path file) throws IOException {
            try (InputStream in = Files.newInputStream(file);
                    SecretBytes line = SecretInput.line(in)) {
                byte[] digits = line.export(SecretAccess.TOKEN);
                try {
                    return SecretBytes.takeOver(Hex.parse(new String(digits, StandardCharsets.US_ASCII)));
                } finally {
                    Arrays.fill(digits, (byte) 0);
                }
            }
        }
    }
}
