package io.zhitong.keyvault;

import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.AuditPage;
import io.zhitong.keyvault.audit.AuditEntry;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.keyvault.audit.AuditWalk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys audit show} (查看审计). */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Print audit records, the newest at the end 查看审计记录.")
final class AuditShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
    private Path data = Path.of("vault");

    @Option(names = "--from", paramLabel = "N", description = "first record 起始编号")
    private Optional<Long> from = Optional.empty();

    @Option(names = "--most", paramLabel = "N", defaultValue = "20", description = "how many, 1 to 1000; default 20 条数")
    private int most;

    @Override
    public Integer call() throws IOException {
        return AuditCommands.run(() -> {
            int count = Math.max(1, Math.min(most, AuditPage.MOST));
            try (AuditSource source = AuditSource.of(data)) {
                long newest = source.newest(false).number();
                long first = from.orElse(Math.max(1, newest - count + 1));
                AuditPage page = source.audit(Math.max(1, Math.min(first, newest + 1)), count);
                print(spec.commandLine().getOut(), page);
            }
            return ExitStatus.OK.code();
        });
    }

    private static void print(PrintWriter out, AuditPage page) throws IOException {
        AuditPosition before =
                new AuditPosition(page.before().number(), page.before().hash());
        AuditWalk walk = new AuditWalk(new ByteArrayInputStream(page.records()), before, Optional.empty());
        for (Optional<AuditEntry> entry = walk.next(); entry.isPresent(); entry = walk.next()) {
            out.println(line(entry.get()));
        }
        out.println("newest 最新: " + page.newest());
        out.flush();
    }

    static String line(AuditEntry entry) {
        String kind = AuditKind.of(entry.kind())
                .map(known -> known.chinese() + " " + known.english())
                .orElse("kind " + entry.kind());
        return entry.number() + "  "
                + Instant.ofEpochMilli(entry.time()).truncatedTo(ChronoUnit.SECONDS) + "  " + entry.who() + "  " + kind
                + (entry.items() > 1 ? "  ×" + entry.items() : "")
                + (entry.detail().isEmpty() ? "" : "  " + entry.detail());
    }
}
