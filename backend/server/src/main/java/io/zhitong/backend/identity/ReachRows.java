package io.zhitong.backend.identity;

import io.zhitong.accessmodel.CommunityId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads it from the tables above communities, which hold no row of any. A home that does not keep the accounts of its company, or of
 * its city, lets nobody see further. Thread-safe.
 */
@Component
final class ReachRows implements Reach {
    private static final String OPERATOR = "select each.member from community_above own"
            + " join estate_operator o on o.id = own.operator_id and o.head = own.member"
            + " join community_above each on each.operator_id = o.id where own.member = ? order by 1";
    private static final String CITY = "select each.member from community_above own"
            + " join city c on c.code = own.city_code and c.head = own.member"
            + " join community_above each on each.city_code = c.code where own.member = ? order by 1";

    private final JdbcClient jdbc;

    ReachRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<CommunityId> of(ConsoleUser user) {
        int home = user.outlook().home();
        return switch (user.outlook().sight()) {
            case COMMUNITY -> List.of(new CommunityId(home));
            case OPERATOR -> members(OPERATOR, home);
            case CITY -> members(CITY, home);
        };
    }

    @Override
    public Set<Sight> keeps(CommunityId community) {
        Set<Sight> kept = EnumSet.noneOf(Sight.class);
        if (!members(OPERATOR, community.value()).isEmpty()) {
            kept.add(Sight.OPERATOR);
        }
        if (!members(CITY, community.value()).isEmpty()) {
            kept.add(Sight.CITY);
        }
        return kept;
    }

    private List<CommunityId> members(String sql, int home) {
        return jdbc.sql(sql)
                .param(home)
                .query((row, n) -> new CommunityId(row.getInt(1)))
                .list();
    }
}
