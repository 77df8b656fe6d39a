package io.zhitong.keyvault.audit;

/**
 * Some records as they lie in the file (审计片段).
 *
 * @param before the place before the first of them
 * @param records whole ones
 */
public record AuditPiece(AuditPosition before, byte[] records) {
    public AuditPiece {
        records = records.clone();
    }
}
