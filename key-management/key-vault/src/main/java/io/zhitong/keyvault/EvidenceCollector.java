package io.zhitong.keyvault;

import io.zhitong.keyapi.AuditKind;
import io.zhitong.keyapi.CeremonyStep;
import io.zhitong.keyapi.IssuedMachine;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.SigningKey;
import io.zhitong.keyapi.VaultPortrait;
import io.zhitong.keyvault.audit.AuditExport;
import io.zhitong.keyvault.evidence.EvidenceDocument;
import io.zhitong.keyvault.evidence.EvidenceInput;
import io.zhitong.keyvault.evidence.EvidencePack;
import io.zhitong.smcrypto.Sm2PublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks a vault for its evidence and lays it into a folder (取证). */
final class EvidenceCollector {
    /** Name of the file with the audit chain. */
    static final String AUDIT = "audit.export";

    private final KeyAdministration vault;
    private final Path out;

    EvidenceCollector(KeyAdministration vault, Path out) {
        this.vault = vault;
        this.out = out;
    }

    /**
     * Writes {@code evidence.html}, {@code evidence.json}, {@code audit.export}, {@code audit.pem} and, after a ceremony,
     * {@code transcript.txt}.
     *
     * @return what was written, in that order
     */
    List<Path> collect() throws IOException {
        Files.createDirectories(out);
        EvidenceInput input = input();
        EvidenceDocument document = EvidencePack.of(input);
        Files.writeString(file("evidence.html"), document.html());
        Files.writeString(file("evidence.json"), document.json());
        List<Path> written =
                List.of(file("evidence.html"), file("evidence.json"), file(AUDIT), file("audit.pem"), transcriptFile());
        if (input.transcript().isEmpty()) {
            Files.deleteIfExists(transcriptFile());
            return written.subList(0, written.size() - 1);
        }
        Files.writeString(transcriptFile(), input.transcript().get());
        return written;
    }

    private List<IssuedMachine> issued() {
        List<IssuedMachine> all = new ArrayList<>();
        List<IssuedMachine> some = vault.machines().issued(0);
        while (!some.isEmpty()) {
            all.addAll(some);
            some = vault.machines().issued(all.size());
        }
        return all;
    }

    private Path file(String name) {
        return out.resolve(name);
    }

    private Path transcriptFile() {
        return file("transcript.txt");
    }

    private EvidenceInput input() throws IOException {
        VaultPortrait portrait = vault.evidence().portrait();
        Map<AuditKind, Long> kinds = new EnumMap<>(AuditKind.class);
        return new EvidenceInput(
                portrait,
                vault.door().door(),
                audit(portrait, kinds),
                kinds,
                vault.custodians().list(),
                transcript(),
                vault.register().items(),
                issued(),
                new EvidenceInput.Rules(
                        WrapRules.table(),
                        Arrays.stream(SigningKey.values())
                                .filter(Vault::operational)
                                .collect(Collectors.toSet())));
    }

    private AuditExport.Verified audit(VaultPortrait portrait, Map<AuditKind, Long> kinds) throws IOException {
        byte[] point = portrait.signers().stream()
                .filter(signer -> signer.key() == SigningKey.AUDIT)
                .findFirst()
                .orElseThrow(() -> new VaultException(VaultFault.AUDIT_BROKEN, "the vault shows no audit key"))
                .point();
        Files.writeString(file("audit.pem"), PublicKeyFile.text(point));
        AuditSource source = new AuditSource.OfProcess(vault);
        AuditExportCommand.write(source, file(AUDIT), 1, source.newest(true).number());
        try (InputStream in = Files.newInputStream(file(AUDIT))) {
            return AuditExport.verify(
                    in,
                    Sm2PublicKey.decode(point),
                    List.of(),
                    entry -> AuditKind.of(entry.kind()).ifPresent(kind -> kinds.merge(kind, 1L, Long::sum)));
        }
    }

    private Optional<String> transcript() {
        return vault.ceremonies().status().step() == CeremonyStep.NONE
                ? Optional.empty()
                : Optional.of(vault.ceremonies().transcript()).filter(text -> !text.isBlank());
    }
}
