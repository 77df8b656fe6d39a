package io.zhitong.backend.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.zhitong.backend.foundation.DatabaseKind;
import io.zhitong.backend.testing.Browser;
import io.zhitong.backend.testing.RunningBackend;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Links of a page: those to libraries carry their version, all others stay as they are and cost nothing. */
final class LibraryLinksTest {
    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/(?:webjars|css|js|img)/[^\"#]+)");

    private final RunningBackend backend = RunningBackend.of(DatabaseKind.H2);

    @Test
    void libraries_are_linked_with_their_version_and_every_linked_file_is_there() {
        Browser browser = backend.browser();
        List<String> files = FILE.matcher(browser.get("/login").body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(files)
                .filteredOn(file -> file.startsWith("/webjars/"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file).containsPattern("/\\d+\\.\\d+\\.\\d+/"));
        assertThat(files)
                .anyMatch(file -> file.startsWith("/css/"))
                .allSatisfy(file ->
                        assertThat(browser.get(file).statusCode()).as(file).isEqualTo(200));
    }

    @Test
    void a_link_to_a_page_is_not_looked_for_among_the_files() {
        ResourceUrlProvider links = backend.bean(ResourceUrlProvider.class);
        assertThat(links.getHandlerMap()).containsOnlyKeys("/webjars/**");
        assertThat(links.getForLookupPath("/ledger")).isNull();
        assertThat(links.getForLookupPath("/webjars/htmx.org/dist/htmx.min.js"))
                .isNotEqualTo("/webjars/htmx.org/dist/htmx.min.js")
                .endsWith("/dist/htmx.min.js");
    }
}
