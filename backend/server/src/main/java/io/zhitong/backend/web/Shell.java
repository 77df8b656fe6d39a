package io.zhitong.backend.web;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.foundation.ZhitongSettings;
import io.zhitong.backend.identity.ConsoleUser;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page its frame: menu of the user's roles, banners, who is logged in. */
@ControllerAdvice
final class Shell {
    private final List<MenuEntry> entries;
    private final List<BannerSource> banners;
    private final ZhitongSettings settings;

    Shell(List<MenuEntry> entries, List<BannerSource> banners, ZhitongSettings settings) {
        this.entries = entries.stream()
                .sorted(Comparator.comparingInt(MenuEntry::order))
                .toList();
        this.banners = banners;
        this.settings = settings;
    }

    @ModelAttribute("shell")
    Frame frame(@AuthenticationPrincipal @Nullable Object principal, HttpServletRequest request) {
        Optional<ConsoleUser> user = principal instanceof ConsoleUser u ? Optional.of(u) : Optional.empty();
        List<MenuEntry> menu = user.map(this::menu).orElse(List.of());
        return new Frame(
                user.orElse(null),
                menu,
                banners.stream()
                        .map(BannerSource::banner)
                        .flatMap(Optional::stream)
                        .toList(),
                request.getRequestURI(),
                settings.sessionMinutes(),
                settings.programVersion());
    }

    private List<MenuEntry> menu(ConsoleUser user) {
        return entries.stream()
                .filter(entry -> entry.roles().stream().anyMatch(user.roles()::contains))
                .toList();
    }

    @Bean
    static BannerSource databaseBanner(ZhitongSettings settings) {
        Optional<Banner> banner = settings.database().kind() == DatabaseKind.H2
                ? Optional.of(new Banner(Banner.Level.NOTICE, "shell.banner.h2"))
                : Optional.empty();
        return () -> banner;
    }

    /** What the layout template reads. */
    record Frame(
            @Nullable ConsoleUser user,
            List<MenuEntry> menu,
            List<Banner> banners,
            String path,
            int sessionMinutes,
            String version) {
        public boolean active(MenuEntry entry) {
            return path.equals(entry.path()) || path.startsWith(entry.path() + "/");
        }
    }
}
