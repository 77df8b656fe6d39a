package io.zhitong.keyvault;

import io.zhitong.keyapi.AuditMark;
import io.zhitong.keyapi.AuditPage;
import io.zhitong.keyapi.KeyAdministration;
import io.zhitong.keyapi.KeyRefusal;
import io.zhitong.keyapi.KeyServiceException;
import io.zhitong.keyvault.audit.AuditFile;
import io.zhitong.keyvault.audit.AuditPiece;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a command reads audit records (审计来源): from the process that serves the folder, else from the file itself. */
interface AuditSource extends AutoCloseable {
    /** As {@link io.zhitong.keyapi.VaultEvidence#audit}. */
    AuditPage audit(long from, int most);

    /** The newest record; a running vault that may sign does so first when asked to. */
    AuditMark newest(boolean signed);

    @Override
    void close();

    /**
     * The source of a folder.
     *
     * @throws VaultException when neither is there or the chain is broken
     */
    static AuditSource of(Path folder) throws IOException {
        return Files.exists(folder.resolve("port"))
                ? new OfProcess(ServedVault.connect(folder))
                : new OfFile(AuditFile.of(new VaultFolder(folder).audit()));
    }

    /** A running vault. */
    record OfProcess(KeyAdministration vault) implements AuditSource {
        @Override
        public AuditPage audit(long from, int most) {
            return vault.evidence().audit(from, most);
        }

        @Override
        public AuditMark newest(boolean signed) {
            try {
                return signed ? vault.evidence().checkpoint() : unsigned();
            } catch (KeyServiceException e) {
                if (e.reason() == KeyRefusal.RESTORED) {
                    return unsigned();
                }
                throw e;
            }
        }

        private AuditMark unsigned() {
            return vault.evidence().audit(1, 1).newest();
        }

        @Override
        public void close() {
            vault.close();
        }
    }

    /** A file that nobody writes. */
    record OfFile(AuditFile file) implements AuditSource {
        @Override
        public AuditPage audit(long from, int most) {
            AuditPiece piece = file.read(from, most);
            return new AuditPage(newest(false), Examination.mark(piece.before()), piece.records());
        }

        @Override
        public AuditMark newest(boolean signed) {
            return Examination.mark(file.position());
        }

        @Override
        public void close() {}
    }
}
