package io.zhitong.backend.vault;

import io.zhitong.keyapi.AuditCheckpoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The checkpoints of the vault's audit chain that were told to this program (留存的检查点); nothing here changes them. */
@Component
public class KeptCheckpoints {
    /**
     * One of them.
     *
     * @param told when it was told
     */
    public record Kept(AuditCheckpoint checkpoint, OffsetDateTime told) {}

    private final JdbcClient jdbc;

    public KeptCheckpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first, so many at most. */
    public List<Kept> newest(int most) {
        return jdbc.sql("select number, hash, signature, told_at from vault_checkpoint order by number desc limit ?")
                .param(most)
                .query((row, n) -> new Kept(checkpoint(row), row.getObject("told_at", OffsetDateTime.class)))
                .list();
    }

    /** Those of a part of the chain, rising. */
    public List<AuditCheckpoint> between(long from, long to) {
        return jdbc.sql(
                        "select number, hash, signature from vault_checkpoint where number between ? and ? order by number")
                .params(from, to)
                .query((row, n) -> checkpoint(row))
                .list();
    }

    private static AuditCheckpoint checkpoint(ResultSet row) throws SQLException {
        return new AuditCheckpoint(row.getLong("number"), row.getBytes("hash"), row.getBytes("signature"));
    }
}
