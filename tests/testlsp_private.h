/*
 * Test provider: internals
 *
 * Copyright 2026 the winelsp authors
 *
 * This library is free software; you can redistribute it and/or
 * modify it under the terms of the GNU Lesser General Public
 * License as published by the Free Software Foundation; either
 * version 2.1 of the License, or (at your option) any later version.
 *
 * This library is distributed in the hope that it will be useful,
 * but WITHOUT ANY WARRANTY; without even the implied warranty of
 * MERCHANTABILITY or FITNESS FOR A PARTICULAR PURPOSE.  See the GNU
 * Lesser General Public License for more details.
 *
 * You should have received a copy of the GNU Lesser General Public
 * License along with this library; if not, write to the Free Software
 * Foundation, Inc., 51 Franklin St, Fifth Floor, Boston, MA 02110-1301, USA
 */

#ifndef __WINELSP_TESTLSP_PRIVATE_H
#define __WINELSP_TESTLSP_PRIVATE_H

#include <stdlib.h>
#include "testlsp.h"
#include "winuser.h"
#include "ws2tcpip.h"
#include "mswsock.h"
#include "mswsockdef.h"

#ifndef ARRAY_SIZE
# define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
#endif

/* A socket of this layer: an IFS layer's has one handle, a non-IFS layer's two. They are kept until the last
 * WSPCleanup, so that a pointer to one never dangles. */
struct layer_socket
{
    struct layer_socket *next;
    struct testlsp_instance *instance;
    SOCKET upper;           /* what the layer above knows */
    SOCKET lower;           /* what the layer below knows */
    BOOL open;
    LONG users;             /* overlapped calls, and 1 while it is open: the upper handle goes with the last */
    HWND window;            /* of the layer above, for WSPAsyncSelect */
    unsigned int message;
};

/* One call of an SPI function. */
struct call
{
    struct testlsp_instance *instance;
    struct layer_socket *socket;
    const WSPPROC_TABLE *lower;
    SOCKET s;               /* the socket as the layer below knows it */
    void *outer;            /* the instance that the thread was in before */
};

/* An overlapped call of a non-IFS layer. The layer below writes to it until its function returns, which may be after
 * the completion. */
struct request
{
    OVERLAPPED overlapped;  /* of the call to the layer below */
    LONG users;             /* the call and the completion */
    struct layer_socket *socket;
    OVERLAPPED *upper;
    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
    WSATHREADID thread;
    BOOL own_thread;        /* the id came from WPUOpenCurrentThread */
    DWORD flags;            /* that the layer below writes when a receive completes */
    DWORD bytes;
};

/* --- testlsp.c --- */

extern struct testlsp control;

/* Guards what is not a counter. Held in WSPStartup while it calls ws2_32 and the next layer, and at each look-up
 * of a socket: an upcall has to work under it. */
extern CRITICAL_SECTION layer_lock;

extern HMODULE layer_module;

/* The instance of a structure from above; makes it, which starts the next layer, when it is new. NULL with a
 * code in *error. */
extern struct testlsp_instance *get_instance( const WSAPROTOCOL_INFOW *info, int *error );
extern int WSPAPI layer_cleanup( int *error );

/* --- testlsp_calls.c, testlsp_ioctl.c --- */

extern const WSPPROC_TABLE layer_procs;
extern int WSPAPI layer_select( int count, fd_set *read, fd_set *write, fd_set *except, const struct timeval *timeout,
                                int *error );
extern int WSPAPI layer_ioctl( SOCKET s, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *bytes,
                               OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                               WSATHREADID *thread, int *error );

/* --- testlsp_probe.c --- */

/* Calls the test's probe, if there is one, in the calling thread or in a new one, which has ended on return unless it
 * hangs: then FALSE. */
extern void call_probe( enum testlsp_context context, const struct testlsp_instance *instance );
extern BOOL call_probe_in_worker( const struct testlsp_instance *instance );

/* --- testlsp_socket.c --- */

/* Counts a call and remembers its arguments. */
extern void record_args( enum testlsp_function function, const ULONG_PTR *args, unsigned int count );
#define RECORD(function, ...) \
    do \
    { \
        const ULONG_PTR values[] = { __VA_ARGS__ }; \
        record_args( function, values, ARRAY_SIZE(values) ); \
    } while (0)
#define P(ptr) ((ULONG_PTR)(ptr))

/* Remembers the thread of an overlapped call. */
extern void record_thread( const WSATHREADID *thread );

/* Begins a call for a socket, or for a structure. FALSE, with a code in *error, when s is not of this layer, the
 * next layer does not start, or the test wants a failure. Otherwise end_call() must follow, which passes the
 * result on. */
extern BOOL begin_call( struct call *call, enum testlsp_function function, SOCKET s, int *error );
extern BOOL begin_call_info( struct call *call, enum testlsp_function function, const WSAPROTOCOL_INFOW *info,
                             int *error );
extern int end_call( struct call *call, int ret, int *error );
extern BOOL end_call_bool( struct call *call, BOOL ret, int *error );
extern SOCKET end_call_socket( struct call *call, SOCKET ret, int *error );

/* The instance that the calling thread is in, NULL outside of all. */
extern struct testlsp_instance *current_instance(void);

/* Gives a socket of the next layer to the layer above; on failure it is closed. */
extern SOCKET add_socket( struct testlsp_instance *instance, SOCKET lower, int *error );
extern int close_socket( struct call *call, int *error );
extern void release_socket( struct layer_socket *socket );
extern struct layer_socket *find_socket( SOCKET upper );

/* Makes s a socket of an IFS instance if it is none yet and the next layer has it. */
extern void claim_socket( SOCKET s );
extern struct layer_socket *find_lower_socket( SOCKET lower );

/* Closes what the application left open. FALSE if ws2_32 or the next layer would not. */
extern BOOL close_sockets(void);

/* Forgets all sockets. */
extern void free_sockets(void);

/* --- testlsp_request.c --- */

/* Overlapped calls of a non-IFS layer. Between begin_request() and end_request() comes the call to the layer
 * below, whose result end_request() turns into that of the SPI function. */
extern struct request *begin_request( struct call *call, OVERLAPPED *overlapped,
                                      LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, const WSATHREADID *thread,
                                      int *error );
extern int end_request( struct call *call, struct request *request, int ret, int *error );
extern BOOL get_request_result( OVERLAPPED *overlapped, DWORD *bytes, BOOL wait, DWORD *flags, int *error );

/* The completions of a handle of the next layer go to the thread that completes requests. */
extern void watch_handle( SOCKET lower );

/* The window that the next layer sends the events of sockets to. */
extern HWND get_event_window(void);

/* Ends the two threads. */
extern void stop_threads(void);

#endif /* __WINELSP_TESTLSP_PRIVATE_H */
