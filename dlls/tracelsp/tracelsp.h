/*
 * tracelsp, a layered service provider that writes down each call
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

/* A layered service provider (LSP) stands between Winsock and the layer below it, which is the base provider or
 * another LSP. Winsock loads the DLL, calls WSPStartup() and gets a table of 30 functions; from then on every
 * call on a socket that came from our WSPSocket() arrives in one of them, and what we do with it is our affair.
 * This one writes a line (trace.c has the format) and calls the same function of the layer below.
 *
 * There are two kinds of layers, and this is both. Which one a layer is says its catalog entry:
 *
 *   IFS      Our sockets are the handles of the layer below. Winsock is told by WPUModifyIFSHandle() that they are
 *            ours now. Overlapped requests go down as they are, and we do not see them complete.
 *   non-IFS  Our sockets are handles that Winsock makes for us (WPUCreateSocketHandle()). Each call is made with the
 *            lower socket instead, and overlapped requests are ours to complete (overlapped.c).
 *
 * A layer of your own starts with the GUID in startup.c: give it another one. Then change what the functions in
 * calls.c, calls_io.c and extension.c do. All of it is plain Winsock; with mingw-w64 alone the DLL is built by
 *   i686-w64-mingw32-gcc -shared -Wl,--kill-at -o tracelsp.dll *.c -lws2_32
 */

#ifndef __TRACELSP_H
#define __TRACELSP_H

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <winsock2.h>
#include <ws2tcpip.h>
#include <mswsock.h>
#include <ws2spi.h>
#ifndef SIO_EXT_POLL  /* mingw-w64 has these in its mswsock.h */
#include <mswsockdef.h>
#endif
#ifndef FILE_SKIP_COMPLETION_PORT_ON_SUCCESS  /* Wine 8.0 has it in its winternl.h only */
#define FILE_SKIP_COMPLETION_PORT_ON_SUCCESS 1
#endif

/* The functions of the layer below that only WSPIoctl() gives (extension.c). */
enum extension
{
    EXTENSION_ACCEPTEX,
    EXTENSION_CONNECTEX,
    EXTENSION_DISCONNECTEX,
    EXTENSION_TRANSMITFILE,
    EXTENSION_TRANSMITPACKETS,
    EXTENSION_WSARECVMSG,
    EXTENSION_WSASENDMSG,
    EXTENSION_COUNT,
};

/* One for each chain that this process uses us in. It is counted: one reference from the start of the layer below to
 * the last WSPCleanup(), one for each socket and one for each thread that has it from layer_get(). Threads may still
 * be on their way back from the layer below when WSPCleanup() has ended their calls. */
struct layer
{
    struct layer *next;
    LONG refs;
    DWORD given_id;                     /* of the entry that the layer above names the chain by */
    WSAPROTOCOL_INFOW own_entry;        /* ours in the catalog; its id is the one for the upcalls */
    WSAPROTOCOL_INFOW lower_entry;      /* that of the layer below */
    BOOL is_ifs;
    HMODULE module;
    WSPPROC_TABLE lower;                /* the functions of the layer below */
    void *extensions[EXTENSION_COUNT];  /* NULL until somebody asked */
};

/* A socket of ours. It is counted: one reference for being open, one for each thread in a call and one for each
 * overlapped request. */
struct lsp_socket
{
    struct lsp_socket *next;
    LONG refs;
    DWORD_PTR key;              /* how the table knows it */
    SOCKET s;                   /* what the layer above has */
    SOCKET lower;               /* what the layer below gave; the same as s in an IFS layer */
    struct layer *layer;
    BOOL port_tried;            /* what overlapped.c knows */
    BOOL has_port;
    BOOL skips_port;            /* the port does not hear of a request that is done when the call below returns */
    struct request *requests;   /* that are not handed up */
    struct lsp_socket *select_next;     /* what async_select.c knows */
    HWND select_hwnd;
    UINT select_message;
    LONG select_accepts;        /* calls of WSPAccept() on it */
};

/* A call from above, between its entry and its return. */
struct call
{
    const char *name;
    SOCKET s;
    struct lsp_socket *socket;
    SOCKET lower;                   /* what to use instead of s below */
    const WSPPROC_TABLE *next;      /* the functions to call there */
    struct call *outer;             /* that this thread was in already, when a callback made this one */
};

/* --- startup.c --- */

extern const GUID tracelsp_guid;        /* of our own catalog entry */
extern HINSTANCE tracelsp_instance;
extern WSPUPCALLTABLE upcalls;

/* Guards starts and stops. It is held while the layer below starts or stops, and is recursive because that one may
 * call anything meanwhile. Calls on sockets do not need it. */
extern CRITICAL_SECTION start_lock;

/* What Winsock needs to know of this DLL: the provider, and the GUID of its own catalog entry for the installer. */
extern int WSPAPI WSPStartup( WORD version, WSPDATA *data, WSAPROTOCOL_INFOW *info, WSPUPCALLTABLE table,
                              WSPPROC_TABLE *procs );
extern void WSPAPI GetLspGuid( GUID *guid );

/* Keeps the DLL loaded until the process ends, because a pointer into it was given away for good. */
extern void pin_module(void);

/* --- layer.c --- */

/* The layer for a catalog structure, as WSPStartup(), WSPSocket() and the address functions get one. Starts the
 * layer below when that has not been done. Returns 0, WSAEINVAL (we are not in that chain), WSAEINVALIDPROCTABLE,
 * WSAEPROVIDERFAILEDINIT, WSA_NOT_ENOUGH_MEMORY or what the layer below failed with. The caller releases the layer.
 * Any thread. */
extern int layer_get( const WSAPROTOCOL_INFOW *info, struct layer **ret );
extern void layer_acquire( struct layer *layer );
extern void layer_release( struct layer *layer );

/* The structure that goes to the layer below for the one that came from above (§2.4 of the specification digest):
 * the base provider gets its own entry, another layer the chain. Any thread. */
extern WSAPROTOCOL_INFOW layer_lower_info( const struct layer *layer, const WSAPROTOCOL_INFOW *info );

/* Calls WSPCleanup() of each layer below, which is unloaded when no socket of ours needs it any more. For the last
 * WSPCleanup(). */
extern void layers_stop(void);

/* --- socket.c --- */

/* For DllMain(). FALSE without resources. */
extern BOOL calls_init(void);
extern void calls_uninit(void);

/* Makes a socket of ours from one that the layer below gave, tells Winsock of it and returns what the layer above
 * is to get. On failure closes the lower socket, sets *error (WSAENOBUFS, or what the upcall says) and returns
 * INVALID_SOCKET. Any thread. */
extern SOCKET socket_create( struct layer *layer, SOCKET lower, int *error );

/* An open socket of ours, with a reference for the caller; NULL for any other. Any thread. */
extern struct lsp_socket *socket_acquire( SOCKET s );
extern void socket_release( struct lsp_socket *socket );

/* Takes a socket out of the table: no call finds it any more. FALSE if another thread did. The reference for being
 * open is then the caller's, to release or to give back with socket_reopen(). */
extern BOOL socket_close( struct lsp_socket *socket );
extern void socket_reopen( struct lsp_socket *socket );

/* Closes all sockets that are left. For the last WSPCleanup(). */
extern void sockets_stop(void);

/* Begins a call on s. FALSE with *error set to WSAENOTSOCK, and a line written, if s is not ours; otherwise
 * call_end() must follow in the same thread. Neither changes the last error unless call_begin() fails. */
extern BOOL call_begin( struct call *call, const char *name, SOCKET s, int *error );
extern void call_end( struct call *call );

/* The call that this thread is in; NULL without. */
extern struct call *call_current(void);

/* --- overlapped.c --- */

/* How a call that may be overlapped is made to the layer below: with the caller's own arguments, or, in a non-IFS
 * layer, with those of a request of ours. */
struct io
{
    DWORD *size;
    DWORD *flags;
    OVERLAPPED *overlapped;
    LPWSAOVERLAPPED_COMPLETION_ROUTINE routine;
    struct request *request;
    DWORD *caller_flags;
};

/* To be called before the call to the layer below, with the arguments of the layer above. size, flags and thread may
 * be NULL. FALSE with *error set (WSA_INVALID_HANDLE for a bad event, WSA_NOT_ENOUGH_MEMORY): the call must not be
 * made. Otherwise the arguments for the layer below are in *io, and the thread id goes down as it is. */
extern BOOL io_begin( struct io *io, const struct call *call, DWORD *size, DWORD *flags, OVERLAPPED *overlapped,
                      LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, const WSATHREADID *thread, int *error );

/* Where the request will have told who the sender was, for the trace. Between io_begin() and the call. */
extern void io_set_from( struct io *io, const struct sockaddr *from, const int *from_len );

/* To be called with the result of the layer below, and *error as it left it. Returns what the layer above is to get,
 * with *error. A request of ours that is not done yet completes later, in another thread. */
extern int io_end( struct io *io, int ret, int *error );

/* Instead of io_end(), when the call to the layer below has been made without the request and has succeeded: the
 * request, if there is one, completes with 0 bytes. */
extern void io_succeed( struct io *io );

/* Answers WSPGetOverlappedResult() in a non-IFS layer. The error is WSAEFAULT, WSA_IO_INCOMPLETE (without wait),
 * WSA_INVALID_HANDLE (no event to wait for), or that of the request. Any thread. */
extern BOOL request_query( const struct lsp_socket *socket, const OVERLAPPED *overlapped, DWORD *size, BOOL wait,
                           DWORD *flags, int *error );

/* Hands up the requests that ended when the layer below closed the socket, since programs free their OVERLAPPEDs when
 * they have closed it. Those that the layer below ends later are handed up then. */
extern void requests_abort( struct lsp_socket *socket );

/* Waits a while for the requests that are left, and ends the thread that completes them. For the last WSPCleanup(),
 * after sockets_stop(). */
extern void requests_stop(void);

/* --- extension.c --- */

/* Answers SIO_GET_EXTENSION_FUNCTION_POINTER: asks the layer below, and puts the function of ours in the place of
 * the one that it gave. */
extern int extension_query( struct call *call, void *in, DWORD in_size, void *out, DWORD out_size, DWORD *ret_size,
                            OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread,
                            int *error );

/* --- select.c --- */

/* Answers SIO_EXT_POLL, which is WSAPoll(), and writes the line for it. Returns what WSPIoctl() is to return. */
extern int poll_sockets( struct call *call, WSAPOLLDATA *data, DWORD size, DWORD *ret_size, int *error );

/* --- async_select.c --- */

/* Around WSPAccept() of the layer below: the new socket, if it is one, has the selection of the listening one. */
extern void async_select_accept_begin( struct lsp_socket *listener );
extern void async_select_accept_end( struct lsp_socket *listener, SOCKET s );

/* Another call has ended the selection. */
extern void async_select_end( struct lsp_socket *socket );

/* Ends the thread that has our window. For the last WSPCleanup(). */
extern void async_select_stop(void);

/* --- thread.c --- */

/* A thread of ours. The DLL stays loaded while it runs. */
struct lsp_thread
{
    HANDLE handle;
    HANDLE done;            /* set when func has returned */
    void (*func)(void);
};

/* Starts func in a thread; FALSE without resources. The structure must stay until thread_stop(), which waits for
 * func to return (the caller has told it to) and not for the end of the thread: it may be called in somebody's
 * DllMain(), where no thread can end. */
extern BOOL thread_start( struct lsp_thread *thread, void (*func)(void) );
extern void thread_stop( struct lsp_thread *thread );

/* --- trace.c --- */

/* Opens the file that the user named, if any. */
extern void trace_open(void);
extern void trace_close(void);
extern BOOL trace_enabled(void);

/* Writes a line. Keeps the last error. Any thread. s is INVALID_SOCKET for a call without socket. Use the macros,
 * which cost nothing when there is no trace. */
extern void trace_line( const char *name, SOCKET s, const char *format, ... ) __attribute__((format(printf,3,4)));

#define TRACE( name, s, ... ) do { if (trace_enabled()) trace_line( name, s, __VA_ARGS__ ); } while (0)
#define TRACE_CALL( call, ... ) TRACE( (call)->name, (call)->s, __VA_ARGS__ )

/* Arguments as text. They look at memory of the caller only if it can be read. */
struct text
{
    char str[160];
};

extern struct text text_address( const struct sockaddr *address, int len );
extern struct text text_buffers( const WSABUF *buffers, DWORD count );
extern struct text text_message( const WSAMSG *msg );   /* one to be sent */
extern struct text text_overlapped( const OVERLAPPED *overlapped );
extern struct text text_error( int error );

extern struct text text_string( const WCHAR *string );

/* Results as text: the error if ret says that there was one, or else 0, a byte count, a socket. */
extern struct text text_result( int ret, int error );
extern struct text text_bytes( int ret, int error, const DWORD *size );
extern struct text text_socket( SOCKET s, int error );

/* --- calls.c, calls_io.c, ioctl.c, select.c, async_select.c: the SPI functions --- */

extern SOCKET WSPAPI WSPAccept( SOCKET s, struct sockaddr *addr, int *len, LPCONDITIONPROC condition,
                                DWORD_PTR context, int *error );
extern int WSPAPI WSPAddressToString( struct sockaddr *addr, DWORD len, WSAPROTOCOL_INFOW *info, WCHAR *string,
                                      DWORD *string_len, int *error );
extern int WSPAPI WSPAsyncSelect( SOCKET s, HWND hwnd, unsigned int message, LONG events, int *error );
extern int WSPAPI WSPBind( SOCKET s, const struct sockaddr *addr, int len, int *error );
extern int WSPAPI WSPCancelBlockingCall( int *error );
extern int WSPAPI WSPCleanup( int *error );
extern int WSPAPI WSPCloseSocket( SOCKET s, int *error );
extern int WSPAPI WSPConnect( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data,
                              WSABUF *callee_data, QOS *sqos, QOS *gqos, int *error );
extern int WSPAPI WSPDuplicateSocket( SOCKET s, DWORD process, WSAPROTOCOL_INFOW *info, int *error );
extern int WSPAPI WSPEnumNetworkEvents( SOCKET s, WSAEVENT event, WSANETWORKEVENTS *events, int *error );
extern int WSPAPI WSPEventSelect( SOCKET s, WSAEVENT event, LONG events, int *error );
extern BOOL WSPAPI WSPGetOverlappedResult( SOCKET s, OVERLAPPED *overlapped, DWORD *size, BOOL wait, DWORD *flags,
                                           int *error );
extern int WSPAPI WSPGetPeerName( SOCKET s, struct sockaddr *addr, int *len, int *error );
extern int WSPAPI WSPGetSockName( SOCKET s, struct sockaddr *addr, int *len, int *error );
extern int WSPAPI WSPGetSockOpt( SOCKET s, int level, int option, char *value, int *len, int *error );
extern BOOL WSPAPI WSPGetQOSByName( SOCKET s, WSABUF *name, QOS *qos, int *error );
extern int WSPAPI WSPIoctl( SOCKET s, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size,
                            DWORD *ret_size, OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                            WSATHREADID *thread, int *error );
extern SOCKET WSPAPI WSPJoinLeaf( SOCKET s, const struct sockaddr *addr, int len, WSABUF *caller_data,
                                  WSABUF *callee_data, QOS *sqos, QOS *gqos, DWORD flags, int *error );
extern int WSPAPI WSPListen( SOCKET s, int backlog, int *error );
extern int WSPAPI WSPRecv( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD *flags,
                           OVERLAPPED *overlapped, LPWSAOVERLAPPED_COMPLETION_ROUTINE routine,
                           WSATHREADID *thread, int *error );
extern int WSPAPI WSPRecvDisconnect( SOCKET s, WSABUF *data, int *error );
extern int WSPAPI WSPRecvFrom( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD *flags,
                               struct sockaddr *addr, int *len, OVERLAPPED *overlapped,
                               LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error );
extern int WSPAPI WSPSelect( int count, fd_set *read, fd_set *write, fd_set *except, const struct timeval *timeout,
                             int *error );
extern int WSPAPI WSPSend( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD flags, OVERLAPPED *overlapped,
                           LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error );
extern int WSPAPI WSPSendDisconnect( SOCKET s, WSABUF *data, int *error );
extern int WSPAPI WSPSendTo( SOCKET s, WSABUF *buffers, DWORD count, DWORD *size, DWORD flags,
                             const struct sockaddr *addr, int len, OVERLAPPED *overlapped,
                             LPWSAOVERLAPPED_COMPLETION_ROUTINE routine, WSATHREADID *thread, int *error );
extern int WSPAPI WSPSetSockOpt( SOCKET s, int level, int option, const char *value, int len, int *error );
extern int WSPAPI WSPShutdown( SOCKET s, int how, int *error );
extern SOCKET WSPAPI WSPSocket( int family, int type, int protocol, WSAPROTOCOL_INFOW *info, GROUP group, DWORD flags,
                                int *error );
extern int WSPAPI WSPStringToAddress( WCHAR *string, int family, WSAPROTOCOL_INFOW *info, struct sockaddr *addr,
                                      int *len, int *error );

#endif /* __TRACELSP_H */
