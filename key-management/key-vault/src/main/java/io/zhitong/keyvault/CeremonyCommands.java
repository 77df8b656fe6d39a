package io.zhitong.keyvault;

import io.zhitong.keyapi.CeremonyCommitment;
import io.zhitong.keyapi.CeremonySettings;
import io.zhitong.keyapi.CeremonyStatus;
import io.zhitong.keyapi.DealtShare;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyvault.store.SafeFiles;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.RandomSource;
import io.zhitong.smcrypto.SecretAccess;
import io.zhitong.smcrypto.SecretBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code zt keys ceremony …} (密钥仪式各步). */
final class CeremonyCommands {
    private CeremonyCommands() {}

    static void print(PrintWriter out, CeremonyStatus now) {
        out.println("ceremony 密钥仪式: " + now.step().english() + " " + now.step().chinese());
        now.settings().ifPresent(settings -> {
            out.println("vault 密钥库: " + settings.name() + ", " + settings.needed() + " of " + settings.dealt());
            if (settings.rehearsal()) {
                out.println("REHEARSAL 演练: its keys are for no production");
            }
        });
        out.println("fingerprint, read it aloud 指纹，请朗读核对: " + now.fingerprint());
        now.participants().forEach(each -> out.println(line(each)));
    }

    private static String line(CeremonyStatus.Participant each) {
        return "  " + each.number() + "  " + each.name()
                + mark(each.committed(), "committed 已承诺")
                + mark(each.revealed(), "revealed 已出示")
                + mark(each.dealt(), "dealt 已发放")
                + mark(each.confirmed(), "confirmed 已回验")
                + mark(each.locked(), "LOCKED 已锁定");
    }

    private static String mark(boolean done, String words) {
        return done ? "  " + words : "";
    }

    @Command(name = "start", mixinStandardHelpOptions = true, description = "Begin a ceremony 开始.")
    static final class Start extends ServedCall {
        @Option(names = "--name", required = true, description = "the vault's name in the transcript 密钥库名称")
        private String name = "";

        @Option(names = "--needed", description = "custodians that open the vault 开启所需人数 (${DEFAULT-VALUE})")
        private int needed = 3;

        @Option(names = "--dealt", description = "custodians 保管人数 (${DEFAULT-VALUE})")
        private int dealt = 4;

        @Option(names = "--rehearsal", description = "make marked test keys 演练，生成带标记的测试密钥")
        private boolean rehearsal;

        @Option(names = "--no-roots", description = "draw no root masters: they are imported later 不生成根密钥，以后导入")
        private boolean noRoots;

        @Override
        void run(KeyAdministration vault, SecretSource secret, PrintWriter out) {
            print(out, vault.ceremonies().start(new CeremonySettings(name, needed, dealt, rehearsal, !noRoots)));
        }
    }

    @Command(name = "status", mixinStandardHelpOptions = true, description = "Where it stands 当前状态.")
    static final class Status extends ServedCall {
        @Override
        void run(KeyAdministration vault, SecretSource secret, PrintWriter out) {
            print(out, vault.ceremonies().status());
        }
    }

    @Command(
            name = "join",
            mixinStandardHelpOptions = true,
            description = "Name the next custodian, who chooses a PIN 登记下一位保管人并设口令.")
    static final class Join extends ServedCall {
        @Option(names = "--name", required = true, description = "the custodian's name 姓名")
        private String name = "";

        @Override
        void run(KeyAdministration vault, SecretSource secret, PrintWriter out) throws IOException {
            try (SecretBytes pin = secret.askNew("PIN, 6 to 12 digits 口令，6至12位数字: ")) {
                print(out, vault.ceremonies().join(name, pin));
            }
        }
    }

    @Command(
            name = "component",
            mixinStandardHelpOptions = true,
            description = "Commit to a component that stays with the custodian 对自留分量作出承诺.")
    static final class Component extends CustodianCall {
        @Option(names = "--draw", description = "draw it here and show it, to be written down 由本机随机生成并显示")
        private boolean draw;

        @Override
        void run(KeyAdministration vault, Signed by, PrintWriter out) throws IOException {
            byte[] typed = draw ? drawn(out) : typed(by.more());
            RandomSource random = RandomSource.secure();
            try (SecretBytes component = CeremonyCommitment.component(typed)) {
                byte[] salt = random.bytes(CeremonyCommitment.SALT);
                byte[] id = vault.ceremonies().status().id();
                byte[] commitment = CeremonyCommitment.of(id, by.custodian(), salt, component);
                print(out, vault.ceremonies().commit(by.custodian(), by.pin(), salt, commitment));
                out.println("commitment 承诺: " + Hex.of(commitment));
            }
        }

        private static byte[] drawn(PrintWriter out) {
            byte[] random = RandomSource.secure().bytes(32);
            String digits = Hex.of(random);
            Arrays.fill(random, (byte) 0);
            out.println("component, write it down 分量，请抄录: " + String.join(" ", digits.split("(?<=\\G.{4})")));
            return digits.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static byte[] typed(SecretSource source) throws IOException {
        try (SecretBytes line = source.ask("component, 32 characters or more: dice, hex, keys 分量，至少32个字符: ")) {
            return line.export(SecretAccess.TOKEN);
        }
    }

    @Command(
            name = "reveal",
            mixinStandardHelpOptions = true,
            description = "Give the component that was committed to 出示已承诺的分量.")
    static final class Reveal extends CustodianCall {
        @Override
        void run(KeyAdministration vault, Signed by, PrintWriter out) throws IOException {
            try (SecretBytes component = CeremonyCommitment.component(typed(by.more()))) {
                print(out, vault.ceremonies().reveal(by.custodian(), by.pin(), component));
            }
        }
    }

    @Command(
            name = "deal",
            mixinStandardHelpOptions = true,
            description = "Show a custodian's own share, to be written down 显示本人份额，请抄录.")
    static final class Deal extends CustodianCall {
        @Option(names = "--to", paramLabel = "FILE", description = "write it to a file instead 写入文件而不显示")
        private Optional<Path> file = Optional.empty();

        @Override
        void run(KeyAdministration vault, Signed by, PrintWriter out) {
            try (DealtShare dealt = vault.ceremonies().deal(by.custodian(), by.pin())) {
                byte[] text = dealt.share().export(SecretAccess.TOKEN);
                if (file.isPresent()) {
                    byte[] line = Arrays.copyOf(text, text.length + 1);
                    line[text.length] = '\n';
                    SafeFiles.write(file.get(), line);
                    Arrays.fill(line, (byte) 0);
                } else {
                    out.println("share 份额: " + new String(text, StandardCharsets.US_ASCII));
                }
                Arrays.fill(text, (byte) 0);
                out.println("KCV 校验值: CMAC " + Hex.of(dealt.kcv()).toUpperCase(Locale.ROOT));
            }
        }
    }

    @Command(
            name = "confirm",
            mixinStandardHelpOptions = true,
            description = "Hand the share in again, as it was written down 回验抄录的份额.")
    static final class Confirm extends CustodianCall {
        @Override
        void run(KeyAdministration vault, Signed by, PrintWriter out) throws IOException {
            try (SecretBytes share = by.more().ask("share as written down 抄录的份额: ")) {
                print(out, vault.ceremonies().confirm(by.custodian(), by.pin(), share));
            }
        }
    }

    @Command(
            name = "close",
            mixinStandardHelpOptions = true,
            description = "Put the masters in their place and sign the transcript 完成并签署记录.")
    static final class Close extends CustodianCall {
        @Option(names = "--transcript", paramLabel = "FILE", description = "write the transcript here 记录输出文件")
        private Optional<Path> file = Optional.empty();

        @Override
        void run(KeyAdministration vault, Signed by, PrintWriter out) {
            print(out, vault.ceremonies().close(by.custodian(), by.pin()));
            file.ifPresent(
                    to -> SafeFiles.write(to, vault.ceremonies().transcript().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Command(
            name = "abort",
            mixinStandardHelpOptions = true,
            description =
                    "Give the ceremony up with all it made; custodian 0 while nobody has joined or all are locked 放弃.")
    static final class Abort extends CustodianCall {
        @Override
        void run(KeyAdministration vault, Signed by, PrintWriter out) {
            print(out, vault.ceremonies().abort(by.custodian(), by.pin()));
        }
    }

    @Command(name = "transcript", mixinStandardHelpOptions = true, description = "Print the transcript 输出记录.")
    static final class Transcript extends ServedCall {
        @Override
        void run(KeyAdministration vault, SecretSource secret, PrintWriter out) {
            out.print(vault.ceremonies().transcript());
        }
    }
}
