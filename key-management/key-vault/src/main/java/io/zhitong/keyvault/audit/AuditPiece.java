package io.zhitong.keyvault.audit;

/**
 * Some records as they lie in the file (审计片段).
 *
 * @param before the place before the first of them
 * @param records whole ones
 * @param end number of the last of them, of the place before when there are none
 */
public record AuditPiece(AuditPosition before, byte[] records, long end) {
    public AuditPiece {
        records = records.clone();
    }
}
