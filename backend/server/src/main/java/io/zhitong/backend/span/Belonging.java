package io.zhitong.backend.span;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import io.zhitong.backend.audit.AuditLog;
import io.zhitong.backend.estate.Community;
import io.zhitong.backend.estate.Estate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * To which property company and which city a community shows its reports (小区归属). Each community decides for itself, and may go back on
 * it; what it shows is seen at the next request no more. Whoever makes a company or a city known keeps its accounts. Each act is
 * audited. Thread-safe.
 */
@Component
public class Belonging {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .·（）()&-]{0,59}");
    private static final String OPERATORS = "select o.id, o.name, o.kept_at, o.head from estate_operator o";
    private static final String CITIES = "select c.code, c.name, c.kept_at, c.head from city c";

    private final JdbcClient jdbc;
    private final Estate estate;
    private final AuditLog audit;
    private final TransactionTemplate transactions;

    Belonging(JdbcClient jdbc, Estate estate, AuditLog audit, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.estate = estate;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** The companies that can be chosen, by name. */
    public List<Above> operators(CommunityId member) {
        return jdbc.sql(OPERATORS + " order by o.name")
                .query((row, n) -> above(row, member))
                .list();
    }

    public Optional<Above> operator(CommunityId member) {
        return jdbc.sql(OPERATORS + " join community_above m on m.operator_id = o.id where m.member = ?")
                .param(member.value())
                .query((row, n) -> above(row, member))
                .optional();
    }

    /** The city that the community shows itself to. */
    public Optional<Above> city(CommunityId member) {
        return jdbc.sql(CITIES + " join community_above m on m.city_code = c.code where m.member = ?")
                .param(member.value())
                .query((row, n) -> above(row, member))
                .optional();
    }

    /** The city that it lies in, if somebody has made it known. */
    public Optional<Above> cityAround(CommunityId member) {
        return jdbc.sql(CITIES + " where c.code = ?")
                .param(community(member).cityCode())
                .query((row, n) -> above(row, member))
                .optional();
    }

    private static Above above(ResultSet row, CommunityId member) throws SQLException {
        return new Above(row.getString(1), row.getString(2), row.getString(3), row.getInt(4) == member.value());
    }

    /** Shows the community to a company that is known, or to none with 0. */
    public Optional<BelongingFault> join(CommunityId member, int operator, Actor by) {
        return transactions.execute(status -> {
            boolean known = operator == 0
                    || operators(member).stream().anyMatch(each -> each.code().equals(Integer.toString(operator)));
            if (!known) {
                return Optional.of(BelongingFault.OPERATOR);
            }
            String before = operator(member).map(Above::name).orElse("");
            put(member, "operator_id", operator == 0 ? Optional.empty() : Optional.of(operator));
            note(member, by, "belonging.operator", before, operator(member).map(Above::name));
            return Optional.empty();
        });
    }

    /** Makes a company known and shows the community to it. */
    public Optional<BelongingFault> found(CommunityId member, String name, Actor by) {
        if (!NAME.matcher(name).matches()) {
            return Optional.of(BelongingFault.NAME);
        }
        try {
            return transactions.execute(status -> {
                int id = jdbc.sql("select coalesce(max(id), 0) + 1 from estate_operator")
                        .query(Integer.class)
                        .single();
                jdbc.sql("insert into estate_operator (id, name, head, kept_at) values (?, ?, ?, ?)")
                        .params(id, name, member.value(), keptAt(member))
                        .update();
                return join(member, id, by);
            });
        } catch (DuplicateKeyException e) {
            return Optional.of(BelongingFault.NAME_TAKEN);
        }
    }

    /**
     * Shows the community to the city it lies in, or no longer.
     *
     * @param name of the city, where nobody has made it known yet
     */
    public Optional<BelongingFault> show(CommunityId member, boolean shown, String name, Actor by) {
        if (shown && cityAround(member).isEmpty() && !NAME.matcher(name).matches()) {
            return Optional.of(BelongingFault.NAME);
        }
        String code = community(member).cityCode();
        transactions.executeWithoutResult(status -> {
            if (shown) {
                jdbc.sql("insert into city (code, name, head, kept_at) values (?, ?, ?, ?) on conflict do nothing")
                        .params(code, name, member.value(), keptAt(member))
                        .update();
            }
            String before = city(member).map(Above::name).orElse("");
            put(member, "city_code", shown ? Optional.of(code) : Optional.empty());
            note(member, by, "belonging.city", before, city(member).map(Above::name));
        });
        return Optional.empty();
    }

    private void put(CommunityId member, String column, Optional<Object> value) {
        jdbc.sql("insert into community_above (member) values (?) on conflict do nothing")
                .param(member.value())
                .update();
        jdbc.sql("update community_above set " + column + " = :value where member = :member")
                .param("value", value.orElse(null))
                .param("member", member.value())
                .update();
    }

    private void note(CommunityId member, Actor by, String action, String before, Optional<String> after) {
        audit.record(member, by, action, "community " + community(member).number(), before, after.orElse(""));
    }

    private String keptAt(CommunityId member) {
        Community keeper = community(member);
        return keeper.name() + " (" + keeper.number() + ")";
    }

    private Community community(CommunityId member) {
        return estate.community(member)
                .orElseThrow(() -> new IllegalArgumentException("no community " + member.value()));
    }
}
