package io.zhitong.backend.identity;

import io.zhitong.accessmodel.CommunityId;
import io.zhitong.backend.audit.Actor;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;

/**
 * A person at the console (控制台用户); a controller takes it as {@code @AuthenticationPrincipal ConsoleUser}.
 *
 * @param communityId of the community this log-in works in, or looks at
 * @param roles above communities {@link Role#OVERSEER} at most, whatever was given
 */
public record ConsoleUser(
        UUID id,
        String login,
        String name,
        String passwordHash,
        int communityId,
        Set<Role> roles,
        AccountState state,
        Outlook outlook)
        implements UserDetails {
    public ConsoleUser {
        // A session from before there was anything above communities comes without.
        outlook = Objects.requireNonNullElse(outlook, Outlook.own(communityId));
        roles = outlook.above() ? Role.above(roles) : Set.copyOf(roles);
    }

    /** Who sees the own community only. */
    public ConsoleUser(
            UUID id,
            String login,
            String name,
            String passwordHash,
            int communityId,
            Set<Role> roles,
            AccountState state) {
        this(id, login, name, passwordHash, communityId, roles, state, Outlook.own(communityId));
    }

    ConsoleUser lookingAt(CommunityId community, String place) {
        return new ConsoleUser(
                id,
                login,
                name,
                passwordHash,
                community.value(),
                roles,
                state,
                new Outlook(outlook.home(), outlook.sight(), place));
    }

    public CommunityId community() {
        return new CommunityId(communityId);
    }

    public Actor actor() {
        return new Actor(login);
    }

    @Override
    public List<? extends GrantedAuthority> getAuthorities() {
        return roles.stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }

    @Override
    public String getPassword() {
        return passwordHash;
    }

    @Override
    public String getUsername() {
        return login;
    }

    @Override
    public boolean isEnabled() {
        return state != AccountState.DISABLED;
    }

    @Override
    public String toString() {
        return "ConsoleUser[" + login + " " + roles + "]";
    }
}
