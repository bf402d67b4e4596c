/* write_requests.c: a section for each account, in which requests are grouped by reason. */
#include "pack/write_requests.h"
#include "base/pool.h"
#include "markdown/markdown_text.h"
#include "report/report.h"
#include "report/requests.h"
#include <stdlib.h>
#include <string.h>

static bool flush(struct text *page, FILE *stream)
{
    bool fine = fwrite(text_string(page), 1, page->length, stream) == page->length;
    text_clear(page);
    return fine;
}

static void add_opening(const struct report *report, const struct requests *requests,
                        struct text *page)
{
    text_add(page, "# Requests for evidence\n\nReport: ");
    markdown_add_text(page, report->title);
    text_add(page, "\n\nAs of ");
    timestamp_add(&report->as_of, page);
    if (requests->count == 0) {
        text_add(page, ", no evidence is missing.\n");
        return;
    }
    text_add(page,
             ", the following evidence is missing. Please run the commands with a current AWS CLI "
             "2, in the account named in each heading, and send each output unchanged, in a file "
             "of its own: in JSON, without `--query`, `--max-items` or `--no-paginate`. Replace "
             "words in capitals (`REGION`). None of the commands changes anything.\n\n"
             "Save the outputs by account and region, such as "
             "`111122223333/us-east-1/list-certificates.json`: an empty list shows its place only "
             "by its path.\n");
}

/* `## Account 111122223333 (name, owner: who)` */
static void add_account(const struct request *request, struct text *page)
{
    struct text heading = TEXT_EMPTY;
    if (*request->account == '\0')
        text_add(&heading, "Unknown account");
    else
        text_addf(&heading, "Account %s", request->account);
    if (*request->account_name != '\0')
        text_addf(&heading, ", %s", request->account_name);
    if (*request->owner != '\0')
        text_addf(&heading, ", owner: %s", request->owner);
    text_add(page, "\n## ");
    markdown_add_text(page, text_string(&heading));
    text_add(page, "\n");
    text_free(&heading);
}

/* Adds the requests from first on with the same account, kind and reason. Returns their number. */
static size_t add_group(const struct requests *requests, size_t first, struct text *page)
{
    static const char *const kinds[] = {"List", "Describe", "Export again"};
    const struct request *head = &requests->items[first];
    struct text commands = TEXT_EMPTY;
    size_t count = 0;
    text_addf(page, "\n**%s:** ", kinds[head->kind]);
    markdown_add_text(page, head->why);
    text_add(page, ".\n\n");
    for (; first + count < requests->count; count++) {
        const struct request *request = &requests->items[first + count];
        if (strcmp(request->account, head->account) != 0 || request->kind != head->kind ||
            strcmp(request->why, head->why) != 0)
            break;
        if (head->kind == REQUEST_FILE) {
            text_add(page, "- File ");
            markdown_add_text(page, request->what);
            text_add(page, "\n");
        } else
            text_addf(&commands, "%s\n", request->what);
    }
    if (commands.length > 0)
        markdown_add_code(page, text_string(&commands));
    text_free(&commands);
    return count;
}

bool write_requests(const struct report *report, FILE *stream)
{
    struct requests requests = {NULL, 0, 0};
    struct text page = TEXT_EMPTY;
    struct pool *pool = pool_new(); /* the pool of the report is used by other threads */
    requests_build(&requests, report->assessment, pool);
    add_opening(report, &requests, &page);
    bool fine = flush(&page, stream);
    for (size_t i = 0; fine && i < requests.count;) {
        const char *account = requests.items[i].account;
        if (i == 0 || strcmp(requests.items[i - 1].account, account) != 0)
            add_account(&requests.items[i], &page);
        i += add_group(&requests, i, &page);
        fine = flush(&page, stream);
    }
    free(requests.items);
    pool_free(pool);
    text_free(&page);
    return fine && fflush(stream) == 0;
}
