package io.zhitong.backend.presence;

import io.zhitong.accessmodel.AccessEvent;
import io.zhitong.accessmodel.AccessMethod;
import io.zhitong.accessmodel.CommunityId;
import io.zhitong.accessmodel.DeviceAddress;
import io.zhitong.accessmodel.DeviceId;
import io.zhitong.accessmodel.PointPlace;
import io.zhitong.accessmodel.UseRecord;
import io.zhitong.backend.access.CredentialBook;
import io.zhitong.cardspec.CredentialNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How often credentials with a limited number of uses were let in, each device for itself (使用次数). Counted as the devices count: on the
 * way in from outside, and not when a guard let somebody in.
 */
@Component
class LimitedUses {
    private static final String ONE = " where community_id = ? and credential = ? and device_number = ?";

    private final ObjectProvider<CredentialBook> books;
    private final JdbcClient jdbc;

    LimitedUses(ObjectProvider<CredentialBook> books, JdbcClient jdbc) {
        this.books = books;
        this.jdbc = jdbc;
    }

    Set<CredentialNumber> limited(CommunityId community) {
        return books.stream().flatMap(book -> book.limited(community).stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** @param limited whose uses are counted */
    void granted(DeviceAddress device, AccessEvent event, PointPlace place, Set<CredentialNumber> limited) {
        if (event.method() != AccessMethod.REMOTE && !place.beginsInside()) {
            event.credential().filter(limited::contains).ifPresent(credential -> count(device, credential));
        }
    }

    private void count(DeviceAddress device, CredentialNumber credential) {
        Object[] which = {
            device.community().value(), credential.value(), device.device().value()
        };
        int known = jdbc.sql("update use_count set uses = uses + 1" + ONE)
                .params(which)
                .update();
        if (known == 0) {
            jdbc.sql("insert into use_count (community_id, credential, device_number, uses) values (?, ?, ?, 1)")
                    .params(which)
                    .update();
        }
    }

    /** Rises with every use. */
    long total(CommunityId community) {
        return jdbc.sql("select coalesce(sum(uses), 0) from use_count where community_id = ?")
                .param(community.value())
                .query(Long.class)
                .single();
    }

    /** Of the credentials that are limited today. */
    List<UseRecord> records(CommunityId community) {
        Set<CredentialNumber> limited = limited(community);
        Map<CredentialNumber, List<UseRecord.Count>> counts =
                new TreeMap<>((one, other) -> Long.compareUnsigned(one.value(), other.value()));
        jdbc.sql("select credential, device_number, uses from use_count where community_id = ?"
                        + " order by credential, device_number")
                .param(community.value())
                .query(row -> {
                    CredentialNumber credential = new CredentialNumber(row.getLong(1));
                    List<UseRecord.Count> of = counts.computeIfAbsent(credential, any -> new ArrayList<>());
                    if (limited.contains(credential) && of.size() < UseRecord.MOST_DEVICES) {
                        int uses = Math.min(row.getInt(3), UseRecord.Count.MOST);
                        of.add(new UseRecord.Count(new DeviceId(row.getLong(2)), uses));
                    }
                });
        return counts.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .limit(io.zhitong.accessmodel.ListKind.USES.maxRecords())
                .map(each -> new UseRecord(each.getKey(), each.getValue()))
                .toList();
    }
}
