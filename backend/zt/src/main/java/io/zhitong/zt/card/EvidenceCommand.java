package io.zhitong.zt.card;

import io.zhitong.cardspec.AccessCertificate;
import io.zhitong.cardterminal.SealedEvidence;
import io.zhitong.cliapi.CommandFailure;
import io.zhitong.cliapi.CommandGroup;
import io.zhitong.cliapi.ExitStatus;
import io.zhitong.cliapi.ZtCommand;
import io.zhitong.settlementfile.PublicKeyPem;
import io.zhitong.smcrypto.ByteReader;
import io.zhitong.smcrypto.Hex;
import io.zhitong.smcrypto.MalformedInput;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings {@code zt card evidence} (密封认证证据离线验证). */
public final class EvidenceCommand implements ZtCommand {
    @Override
    public CommandGroup group() {
        return CommandGroup.CARD;
    }

    @Override
    public Object command() {
        return new Arguments();
    }

    @Command(
            name = "evidence",
            mixinStandardHelpOptions = true,
            description = {
                "Checks the evidence that a door kept of a sealed access, with nothing but the card issuer's public"
                        + " key: the issuer certified this card, and this card answered this door at this time."
                        + " 密封认证证据离线验证",
                "Exit codes: 0 it holds, 1 it does not, 2 wrong options, 3 a file cannot be read."
            })
    static final class Arguments implements Callable<Integer> {
        private static final int LARGEST = 4096;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "evidence, bytes or hex digits 证据文件")
        private Path file = Path.of("");

        @Option(
                names = "--issuer",
                required = true,
                paramLabel = "PUB.pem",
                description = "the card issuer's public key, PEM or x‖y in hex 发卡公钥")
        private Path issuer = Path.of("");

        @Override
        public Integer call() throws IOException {
            Sm2PublicKey key = issuerKey();
            byte[] content = small(file);
            PrintWriter out = spec.commandLine().getOut();
            boolean holds = verdict(content, key, out);
            out.println(holds ? "HOLDS 证据有效" : "DOES NOT HOLD 证据无效");
            out.flush();
            return (holds ? ExitStatus.OK : ExitStatus.CHECK_FAILED).code();
        }

        private static boolean verdict(byte[] content, Sm2PublicKey issuer, PrintWriter out) {
            try {
                SealedEvidence evidence = SealedEvidence.parse(content[0] == 1 ? content : Hex.parse(text(content)));
                describe(evidence, out);
                return evidence.holds(issuer);
            } catch (MalformedInput e) {
                out.println("no evidence 不是证据: " + e.getMessage());
                return false;
            }
        }

        private static void describe(SealedEvidence evidence, PrintWriter out) {
            AccessCertificate card = evidence.certificate();
            var data = new ByteReader(evidence.transcript().data());
            data.bytes(2);
            out.printf(
                    "credential 凭证 %s, certificate 证书 %d, valid 有效期 %s..%s%n",
                    Hex.of(card.subject()), card.number(), Hex.of(card.from()), Hex.of(card.to()));
            out.printf("point 通行点 %s, door time 门钟 %s%n", Hex.of(data.bytes(8)), Instant.ofEpochSecond(data.u32()));
        }

        private Sm2PublicKey issuerKey() throws IOException {
            String text = text(small(issuer));
            try {
                return text.contains("BEGIN") ? PublicKeyPem.decode(text) : Sm2PublicKey.decode(Hex.parse(text));
            } catch (MalformedInput e) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, "public key 公钥 " + issuer + ": " + e.getMessage(), e);
            }
        }

        private static String text(byte[] content) {
            return new String(content, StandardCharsets.US_ASCII);
        }

        private static byte[] small(Path path) throws IOException {
            if (Files.size(path) < 1 || Files.size(path) > LARGEST) {
                throw new CommandFailure(ExitStatus.ENVIRONMENT, path + ": expected 1 to " + LARGEST + " bytes");
            }
            return Files.readAllBytes(path);
        }
    }
}
