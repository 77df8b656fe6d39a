package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.keyapi.Custodian;
import io.zhitong.keyapi.CustodyEntry;
import io.zhitong.keyapi.CustodyItem;
import io.zhitong.keyapi.CustodyKind;
import io.zhitong.keyapi.CustodyPerson;
import io.zhitong.keyapi.CustodyState;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.StockTake;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zt keys custody} (保管登记): who has which key card, share and SAM. */
public final class KeysCustodyCommand implements ZtCommand {

    @Override
    public CommandGroup group() {
        return CommandGroup.KEYS;
    }

    @Override
    public Object command() {
        return new Custody();
    }

    @Command(
            name = "custody",
            mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "COMMAND",
            description = {
                "Who has which key card, share and SAM: hand-over, loss, destruction, stock-take 保管登记.",
                "Custodians are asked for their PIN, on standard input where there is no terminal."
            },
            subcommands = {
                ListAll.class,
                Enter.class,
                HandOver.class,
                Confirm.class,
                Lost.class,
                Destroy.class,
                Count.class
            })
    static final class Custody {}

    /** Asks a served vault and prints. */
    abstract static class Asking implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
        private Path data = Path.of("vault");

        @Override
        public Integer call() throws Exception {
            return KeyOrderOptions.guarded(() -> {
                PrintWriter out = spec.commandLine().getOut();
                try (KeyAdministration vault = ServedVault.connect(data)) {
                    return ask(vault, out).code();
                } finally {
                    out.flush();
                }
            });
        }

        abstract ExitStatus ask(KeyAdministration vault, PrintWriter out) throws IOException;

        /** A custodian's name brings his number, and the question for his PIN. */
        static CustodyPerson person(KeyAdministration vault, String name) throws IOException {
            Optional<Custodian> custodian = vault.custodians().list().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst();
            return custodian.isPresent()
                    ? new CustodyPerson(name, custodian.get().number(), SecretInput.ask("PIN 口令 " + name + ": "))
                    : CustodyPerson.named(name);
        }
    }

    /** One line for a thing. */
    static String line(CustodyItem item) {
        CustodyEntry entry = item.entry();
        CustodyState state = item.state();
        return item.number() + "  " + entry.kind().chinese() + " "
                + entry.kind().english() + "  " + entry.serial()
                + "  " + state.chinese() + " " + state.english() + "  " + entry.holder()
                + (item.receiver().isEmpty() ? "" : " → " + item.receiver()) + "  " + entry.place() + "  "
                + Instant.ofEpochSecond(item.since())
                + (entry.about().isEmpty() ? "" : "  " + entry.about());
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Print the register 列出登记.")
    static final class ListAll extends Asking {
        @Override
        ExitStatus ask(KeyAdministration vault, PrintWriter out) {
            vault.register().items().forEach(item -> out.println(line(item)));
            return ExitStatus.OK;
        }
    }

    @Command(name = "enter", mixinStandardHelpOptions = true, description = "Take a thing into the register 登记.")
    static final class Enter extends Asking {
        @Option(names = "--kind", required = true, paramLabel = "KIND", description = "${COMPLETION-CANDIDATES} 种类")
        private CustodyKind kind = CustodyKind.SHARE;

        @Option(names = "--serial", required = true, paramLabel = "SERIAL", description = "digits and capitals 编号")
        private String serial = "";

        @Option(names = "--about", paramLabel = "TEXT", description = "what is in it, KCVs 内容")
        private String about = "";

        @Option(names = "--holder", required = true, paramLabel = "NAME", description = "who has it 保管者")
        private String holder = "";

        @Option(names = "--place", required = true, paramLabel = "PLACE", description = "where it lies 存放处")
        private String place = "";

        @Override
        ExitStatus ask(KeyAdministration vault, PrintWriter out) {
            var entry = new CustodyEntry(kind, serial, about, holder, place, Optional.empty());
            out.println(line(vault.register().enter(entry)));
            return ExitStatus.OK;
        }
    }

    @Command(
            name = "hand-over",
            mixinStandardHelpOptions = true,
            description = "Its holder gives a thing to somebody, who confirms 移交，待接收人确认.")
    static final class HandOver extends Asking {
        @Parameters(paramLabel = "NUMBER", description = "in the register 登记号")
        private int number;

        @Option(names = "--from", required = true, paramLabel = "NAME", description = "its holder 移交人")
        private String giver = "";

        @Option(names = "--to", required = true, paramLabel = "NAME", description = "the receiver 接收人")
        private String receiver = "";

        @Option(names = "--place", required = true, paramLabel = "PLACE", description = "where it will lie 存放处")
        private String place = "";

        @Override
        ExitStatus ask(KeyAdministration vault, PrintWriter out) throws IOException {
            try (CustodyPerson from = person(vault, giver)) {
                out.println(line(vault.register().handOver(number, from, receiver, place)));
            }
            return ExitStatus.OK;
        }
    }

    @Command(name = "confirm", mixinStandardHelpOptions = true, description = "The receiver has it 确认接收.")
    static final class Confirm extends Asking {
        @Parameters(paramLabel = "NUMBER", description = "in the register 登记号")
        private int number;

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "the receiver 接收人")
        private String receiver = "";

        @Override
        ExitStatus ask(KeyAdministration vault, PrintWriter out) throws IOException {
            try (CustodyPerson by = person(vault, receiver)) {
                out.println(line(vault.register().confirm(number, by)));
            }
            return ExitStatus.OK;
        }
    }

    @Command(
            name = "lost",
            mixinStandardHelpOptions = true,
            description = "A thing is lost; a SAM's lease is renewed no more 报失，PSAM不再续租.")
    static final class Lost extends Asking {
        @Parameters(paramLabel = "NUMBER", description = "in the register 登记号")
        private int number;

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "who says so 报告人")
        private String reporter = "";

        @Override
        ExitStatus ask(KeyAdministration vault, PrintWriter out) {
            CustodyItem item = vault.register().lost(number, reporter);
            out.println(line(item));
            LostThing.advice(item).forEach(out::println);
            return ExitStatus.OK;
        }
    }

    @Command(
            name = "destroy",
            mixinStandardHelpOptions = true,
            description = "A thing was destroyed before a witness 见证销毁.")
    static final class Destroy extends Asking {
        @Parameters(paramLabel = "NUMBER", description = "in the register 登记号")
        private int number;

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "who destroyed it 销毁人")
        private String one = "";

        @Option(names = "--witness", required = true, paramLabel = "NAME", description = "who saw it 见证人")
        private String other = "";

        @Override
        ExitStatus ask(KeyAdministration vault, PrintWriter out) throws IOException {
            try (CustodyPerson by = person(vault, one);
                    CustodyPerson witness = person(vault, other)) {
                out.println(line(vault.register().destroyed(number, by, witness)));
            }
            return ExitStatus.OK;
        }
    }

    @Command(
            name = "stock-take",
            mixinStandardHelpOptions = true,
            description = {"Compare what two people counted with the register 盘点.", "Exit code 1 when they differ."})
    static final class Count extends Asking {
        @Parameters(paramLabel = "FILE", description = "serials counted, one a line 已清点编号，每行一个")
        private Path file = Path.of("serials");

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "who counted 盘点人")
        private String one = "";

        @Option(names = "--and", required = true, paramLabel = "NAME", description = "who counted too 复核人")
        private String other = "";

        @Override
        ExitStatus ask(KeyAdministration vault, PrintWriter out) throws IOException {
            List<String> serials = Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(serial -> !serial.isEmpty())
                    .toList();
            try (CustodyPerson first = person(vault, one);
                    CustodyPerson second = person(vault, other)) {
                StockTake found = vault.register().stockTake(serials, first, second);
                out.println("there 在库: " + found.counted());
                found.missing().forEach(item -> out.println("MISSING 缺失: " + line(item)));
                found.surprising().forEach(item -> out.println("SURPRISING 应无而有: " + line(item)));
                found.unknown().forEach(serial -> out.println("UNKNOWN 未登记: " + serial));
                return found.agrees() ? ExitStatus.OK : ExitStatus.CHECK_FAILED;
            }
        }
    }
}
