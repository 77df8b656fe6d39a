package io.zhitong.keyvault;

import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.keyapi.AuditMark;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.audit.AuditExport;
import io.zhitong.keyvault.audit.AuditPosition;
import io.zhitong.smcrypto.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zt keys audit verify} (校验审计): needs a file and a public key, no vault. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check chain and signed checkpoints of an export, or of a vault's own file 校验审计链.")
final class AuditVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", description = "a vault's folder: its file and its key 数据目录")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--file", paramLabel = "FILE", description = "an export, or an audit.log 审计文件")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--key", paramLabel = "PEM", description = "the audit key, public/audit.pem 审计公钥")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--known",
            paramLabel = "N:HASH",
            description = "a record that somebody else kept; repeat 他处留存的编号与杂凑值，可重复")
    private List<String> known = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        Path from = file.or(() -> data.map(folder -> new VaultFolder(folder).audit()))
                .orElseThrow(() -> new CommandFailure(ExitStatus.USAGE, "expected --file and --key, or --data"));
        Path by = key.or(() -> data.map(folder -> folder.resolve("public/audit.pem")))
                .orElseThrow(() -> new CommandFailure(ExitStatus.USAGE, "expected --key with the audit key"));
        List<AuditPosition> places =
                known.stream().map(AuditVerifyCommand::place).toList();
        return AuditCommands.run(() -> {
            try (InputStream in = Files.newInputStream(from)) {
                print(spec.commandLine().getOut(), AuditExport.verify(in, PublicKeyFile.read(by), places, entry -> {}));
            }
            return ExitStatus.OK.code();
        });
    }

    private static AuditPosition place(String text) {
        try {
            AuditMark mark = AuditMark.parse(text);
            return new AuditPosition(mark.number(), mark.hash());
        } catch (KeyServiceException e) {
            throw new CommandFailure(ExitStatus.USAGE, "--known: expected NUMBER:HASH with 64 hex digits", e);
        }
    }

    private static void print(PrintWriter out, AuditExport.Verified verified) {
        long end = verified.end().number();
        out.println("audit 审计: records 记录 " + (verified.before().number() + 1) + " to 至 " + end + " are intact 完整, "
                + verified.checkpoints() + " signed checkpoints 签名检查点");
        // A checkpoint covers what stands before it: an export that ends with one is covered as far as can be.
        if (verified.coveredTo() < end - 1) {
            out.println("covered by signature or known place 有签名或留存为证: to 至 " + verified.coveredTo()
                    + "; behind it chained only 其后仅有链");
        }
        out.println("newest 最新: " + end + ":" + Hex.of(verified.end().hash()));
        out.flush();
    }
}
