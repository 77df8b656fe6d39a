package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.AuditMark;
import io.zhitong.keyapi.AuditPage;
import io.zhitong.keyvault.audit.AuditExport;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.keyvault.audit.AuditWalk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys audit export} (导出审计). */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Write audit records to a file that anybody can check; a running vault signs them first 导出审计链.")
final class AuditExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "the vault's folder 数据目录")
    private Path data = Path.of("vault");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "new file 导出文件")
    private Path out = Path.of("audit.export");

    @Option(names = "--from", paramLabel = "N", defaultValue = "1", description = "first record; default 1 起始编号")
    private long from;

    @Override
    public Integer call() throws IOException {
        return AuditCommands.run(() -> {
            try (AuditSource source = AuditSource.of(data)) {
                AuditMark newest = source.newest(true);
                if (from < 1 || from > newest.number()) {
                    throw new CommandFailure(ExitStatus.USAGE, "expected --from 1 to " + newest.number());
                }
                write(source, out, from, newest.number());
                spec.commandLine()
                        .getOut()
                        .println("records 记录 " + from + " to 至 " + newest.number() + "; newest 最新: " + newest);
                spec.commandLine().getOut().flush();
            }
            return ExitStatus.OK.code();
        });
    }

    /**
     * Writes an export.
     *
     * @param from number of the first record
     * @param to of the last
     */
    static void write(AuditSource source, Path out, long from, long to) throws IOException {
        try (OutputStream file = Files.newOutputStream(out)) {
            long next = from;
            while (next <= to) {
                int most = Math.toIntExact(Math.min(AuditPage.MOST, to - next + 1));
                AuditPage page = source.audit(next, most);
                if (next == from) {
                    file.write(AuditExport.header(before(page)));
                }
                file.write(page.records());
                next = end(page, next);
            }
        }
    }

    private static AuditPosition before(AuditPage page) {
        return new AuditPosition(page.before().number(), page.before().hash());
    }

    /** The number behind the page's last record; an empty or broken page ends the export. */
    private static long end(AuditPage page, long next) throws IOException {
        AuditWalk walk = new AuditWalk(new ByteArrayInputStream(page.records()), before(page), Optional.empty());
        while (walk.next().isPresent()) {
            continue;
        }
        if (walk.position().number() < next || walk.torn()) {
            throw new VaultException(VaultFault.AUDIT_BROKEN, "the vault answered no record " + next);
        }
        return walk.position().number() + 1;
    }
}
