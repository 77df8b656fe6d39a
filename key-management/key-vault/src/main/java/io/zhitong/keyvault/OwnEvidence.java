package io.zhitong.keyvault;

import io.zhitong.keyapi.AuditMark;
import io.zhitong.keyapi.AuditPage;
import io.zhitong.keyapi.EvidenceFile;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyapi.VaultEvidence;
import io.zhitong.keyapi.VaultPortrait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What one caller of the vault may see of it (取证): the examination, and the pack made of everything he may ask. */
record OwnEvidence(Examination examination, KeyAdministration all) implements VaultEvidence {
    @Override
    public AuditPage audit(long from, int most) {
        return examination.audit(from, most);
    }

    @Override
    public AuditMark checkpoint() {
        return examination.checkpoint();
    }

    @Override
    public VaultPortrait portrait() {
        return examination.portrait();
    }

    /** The audit itself is read by pages: it grows, an answer may not. */
    @Override
    public List<EvidenceFile> pack() {
        try {
            Path folder = Files.createTempDirectory("evidence");
            List<Path> written = new ArrayList<>();
            try {
                written.addAll(new EvidenceCollector(all, folder).collect());
                List<EvidenceFile> files = new ArrayList<>();
                for (Path file : written) {
                    String name = String.valueOf(file.getFileName());
                    if (!name.equals(EvidenceCollector.AUDIT)) {
                        files.add(new EvidenceFile(name, Files.readAllBytes(file)));
                    }
                }
                return files;
            } finally {
                for (Path file : written) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new KeyServiceException(KeyRefusal.STORE_FAILED, "the evidence could not be written down", e);
        }
    }
}
