package io.zhitong.backend.devices;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Bundles of software in the database, in parts (升级包存储), so that every gateway has them. Thread-safe. */
@Component
public class ImageParts {
    static final int PART = 65_536;

    private final JdbcClient jdbc;

    ImageParts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the caller's transaction, below the row of the image. */
    public void write(CommunityId community, Hash bundle, InputStream in) throws IOException {
        long place = 0;
        for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
            jdbc.sql("insert into device_image_part (community_id, bundle, place, content) values (?, ?, ?, ?)")
                    .params(community.value(), bundle.toByteArray(), place, part)
                    .update();
            place++;
        }
    }

    /** What follows a place, to the end of its part and at most so many; nothing behind the end or of a bundle not released. */
    byte[] read(CommunityId community, Hash bundle, long from, int most) {
        int within = (int) (from % PART);
        Optional<byte[]> part = jdbc.sql("select p.content from device_image_part p join device_image i"
                        + " on i.community_id = p.community_id and i.bundle = p.bundle"
                        + " where p.community_id = ? and p.bundle = ? and p.place = ? and i.manifest is not null")
                .params(community.value(), bundle.toByteArray(), from / PART)
                .query((row, n) -> row.getBytes(1))
                .optional();
        return part.filter(content -> within < content.length)
                .map(content -> Arrays.copyOfRange(content, within, Math.min(content.length, within + most)))
                .orElseGet(() -> new byte[0]);
    }
}
