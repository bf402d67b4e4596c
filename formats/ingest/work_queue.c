/* work_queue.c: see work_queue.h. Which thread does what; lane.c has what is done. */
#include "ingest/work_queue.h"
#include "base/memory.h"
#include "base/pool.h"
#include <assert.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* With so many inputs all threads are there from the start on. Else they come when there is a
 * stretch for them: a run over a few small files has one thread. */
enum { INPUTS_FOR_ALL = 16 };

/* Stretches that lie in wait for each thread. With fewer the threads wait for each other; with
 * more, memory holds what nobody reads yet. */
enum { WAITING_FOR_EACH = 2 };

struct task {
    struct batch stretch;
    struct document_result *portion;
    struct task *next;
};

struct work_queue {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* there is something to do, or there will be nothing any more */
    struct input *inputs;
    struct pool *pool; /* adopts the lanes' */
    struct progress *progress;
    size_t count, next;
    size_t reading; /* inputs that are being read */
    bool stopped;   /* a named input could not be opened: no further one is taken */
    struct task *waiting, **end;
    size_t waiting_count;
    struct task *spare;
    size_t jobs;   /* lanes that there may be, */
    size_t wanted; /* and that there are to be: the system may not give as many */
    struct reader_thread *lanes[LIMIT_JOBS];
    pthread_t threads[LIMIT_JOBS]; /* of all lanes but the first */
    size_t lane_count;
};

/* For calls that fail only where they are misused. */
static void must(int error)
{
    if (error != 0)
        abort();
}

/* Whether the next input may be taken. One that passes (standard input, a FIFO) may block, and is
 * gone once it is read: it waits until all before it could be opened. */
static bool can_take(const struct work_queue *queue)
{
    return !queue->stopped && queue->next < queue->count &&
           (!queue->inputs[queue->next].passing || queue->reading == 0);
}

/* With the lock held, as it is in the end. */
static void read_waiting(struct work_queue *queue, struct reader_thread *lane)
{
    struct task *task = queue->waiting;
    queue->waiting = task->next;
    queue->waiting_count--;
    if (queue->waiting == NULL)
        queue->end = &queue->waiting;
    must(pthread_mutex_unlock(&queue->lock));
    reader_thread_read_batch(lane, &task->stretch, task->portion);
    must(pthread_mutex_lock(&queue->lock));
    task->next = queue->spare;
    queue->spare = task;
}

static void read_next(struct work_queue *queue, struct reader_thread *lane)
{
    struct input *input = &queue->inputs[queue->next++];
    queue->reading++;
    must(pthread_mutex_unlock(&queue->lock));
    bool fine = reader_thread_read(lane, input);
    must(pthread_mutex_lock(&queue->lock));
    queue->reading--;
    queue->stopped |= !fine;
    /* Who waits, waits for this: a passing input may follow, or nothing. */
    if (queue->reading == 0)
        must(pthread_cond_broadcast(&queue->changed));
}

static void work(struct work_queue *queue, struct reader_thread *lane)
{
    must(pthread_mutex_lock(&queue->lock));
    for (;;)
        if (queue->waiting != NULL)
            read_waiting(queue, lane);
        else if (can_take(queue))
            read_next(queue, lane);
        else if (queue->reading > 0)
            must(pthread_cond_wait(&queue->changed, &queue->lock));
        else
            break;
    must(pthread_mutex_unlock(&queue->lock));
}

static void *help(void *argument)
{
    struct reader_thread *lane = argument;
    work(reader_thread_queue(lane), lane);
    return NULL;
}

/* Adds the threads that are not there yet; signals are left to the first one. Where the system
 * gives fewer, there are fewer. With the lock held: the new ones wait for it. */
static void call_others(struct work_queue *queue)
{
    sigset_t all, before;
    (void)sigfillset(&all);
    must(pthread_sigmask(SIG_SETMASK, &all, &before));
    while (queue->lane_count < queue->wanted) {
        struct reader_thread *lane = reader_thread_new(queue, queue->progress);
        queue->lanes[queue->lane_count] = lane;
        if (pthread_create(&queue->threads[queue->lane_count], NULL, help, lane) != 0) {
            queue->wanted = queue->lane_count;
            reader_thread_free(lane, queue->pool);
        } else {
            queue->lane_count++;
        }
    }
    must(pthread_sigmask(SIG_SETMASK, &before, NULL));
}

bool work_queue_is_for_one(const struct work_queue *queue)
{
    return queue->jobs == 1;
}

void work_queue_offer(struct work_queue *queue, struct reader_thread *lane, struct batch *stretch,
                      struct document_result *portion)
{
    must(pthread_mutex_lock(&queue->lock));
    if (queue->lane_count < queue->wanted)
        call_others(queue);
    bool room = queue->waiting_count < WAITING_FOR_EACH * queue->lane_count;
    if (room) {
        struct task *task = queue->spare;
        if (task != NULL)
            queue->spare = task->next;
        else
            task = memset(memory_resize(NULL, 1, sizeof *task), 0, sizeof *task);
        /* The lane goes on with the room of a stretch that was read. */
        const struct batch cleared = task->stretch;
        *task = (struct task){*stretch, portion, NULL};
        *stretch = cleared;
        *queue->end = task;
        queue->end = &task->next;
        queue->waiting_count++;
        must(pthread_cond_signal(&queue->changed));
    }
    must(pthread_mutex_unlock(&queue->lock));
    if (!room)
        reader_thread_read_batch(lane, stretch, portion);
}

static int by_file(const void *left, const void *right)
{
    return evidence_compare_files(((const struct input *)left)->file,
                                  ((const struct input *)right)->file);
}

/* Adds the input's file, and what it gave. */
static void join(struct input *input, struct evidence *evidence)
{
    evidence_add_file(evidence, input->file);
    for (struct document_result *portion = input->first; portion != NULL; portion = portion->next)
        partial_join(&portion->part, evidence);
    if (input->whole != NULL)
        partial_join(&input->whole->part, evidence);
}

static void drop(struct input *input)
{
    for (struct document_result *portion = input->first; portion != NULL; portion = portion->next)
        partial_drop(&portion->part);
}

static const struct input *first_unopened(const struct input *inputs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (inputs[i].error != 0 && inputs[i].named)
            return &inputs[i];
    return NULL;
}

static void end(struct work_queue *queue)
{
    for (size_t i = 1; i < queue->lane_count; i++)
        must(pthread_join(queue->threads[i], NULL));
    for (size_t i = 0; i < queue->lane_count; i++)
        reader_thread_free(queue->lanes[i], queue->pool);
    while (queue->spare != NULL) {
        struct task *task = queue->spare;
        queue->spare = task->next;
        batch_free(&task->stretch);
        free(task);
    }
    must(pthread_cond_destroy(&queue->changed));
    must(pthread_mutex_destroy(&queue->lock));
}

const struct input *work_queue_read(struct input *inputs, size_t count, size_t jobs,
                                    struct progress *progress, struct evidence *evidence)
{
    struct work_queue queue = {.inputs = inputs,
                               .count = count,
                               .pool = evidence->pool,
                               .progress = progress,
                               .jobs = jobs,
                               .wanted = jobs,
                               .lane_count = 1};
    assert(jobs >= 1 && jobs <= LIMIT_JOBS);
    must(pthread_mutex_init(&queue.lock, NULL));
    must(pthread_cond_init(&queue.changed, NULL));
    queue.end = &queue.waiting;
    queue.lanes[0] = reader_thread_new(&queue, progress);
    if (count >= INPUTS_FOR_ALL) {
        must(pthread_mutex_lock(&queue.lock));
        call_others(&queue);
        must(pthread_mutex_unlock(&queue.lock));
    }
    work(&queue, queue.lanes[0]);
    end(&queue);
    const struct input *unopened = first_unopened(inputs, count);
    if (unopened == NULL && count > 0)
        qsort(inputs, count, sizeof *inputs, by_file);
    for (size_t i = 0; i < count; i++)
        if (unopened == NULL)
            join(&inputs[i], evidence);
        else
            drop(&inputs[i]);
    return unopened;
}
