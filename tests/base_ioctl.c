/*
 * Tests of the base provider: WSPIoctl
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

#include "util_base.h"

static int ioctl( SOCKET s, DWORD code, void *in, DWORD in_size, void *out, DWORD out_size, int *error )
{
    DWORD size;

    return base.lpWSPIoctl( s, code, in, in_size, out, out_size, &size, NULL, NULL, NULL, error );
}

/* The questions of ws2_32: the base's answer is the handle itself. */
static void test_handle_queries(void)
{
    static const DWORD codes[] =
        {SIO_QUERY_TARGET_PNP_HANDLE, SIO_BSP_HANDLE, SIO_BSP_HANDLE_SELECT, SIO_BSP_HANDLE_POLL, SIO_BASE_HANDLE};
    SOCKET s = base_socket( AF_INET, SOCK_STREAM ), answer;
    OVERLAPPED overlapped = {0};
    HANDLE duplicate;
    unsigned int i;
    int ret, error;
    DWORD size;

    DuplicateHandle( GetCurrentProcess(), (HANDLE)s, GetCurrentProcess(), &duplicate, 0, FALSE, DUPLICATE_SAME_ACCESS );
    for (i = 0; i < ARRAY_SIZE(codes); i++)
    {
        winetest_push_context( "code %#lx", codes[i] );
        answer = 0;
        size = 0;
        error = 0xdead;
        ret = base.lpWSPIoctl( s, codes[i], NULL, 0, &answer, sizeof(answer), &size, NULL, NULL, NULL, &error );
        ok( !ret && answer == s && size == sizeof(answer), "Got %d, answer %#Ix, size %lu.\n", ret, answer, size );
        ok( error == 0xdead, "A success wrote error %d.\n", error );
        ret = ioctl( (SOCKET)duplicate, codes[i], NULL, 0, &answer, sizeof(answer), &error );
        ok( !ret && answer == (SOCKET)duplicate, "Got %d, answer %#Ix, error %d.\n", ret, answer, error );

        if (codes[i] != SIO_BASE_HANDLE)    /* which is Wine's, and looks at no pointer */
        {
            ret = ioctl( s, codes[i], NULL, 0, NULL, sizeof(answer), &error );
            ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d without a buffer.\n", ret, error );
            ret = ioctl( s, codes[i], NULL, 0, &answer, sizeof(answer) - 1, &error );
            ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d for a short buffer.\n", ret, error );
            ret = base.lpWSPIoctl( s, codes[i], NULL, 0, &answer, sizeof(answer), &size, &overlapped, NULL, NULL,
                                   &error );
            ok( ret == SOCKET_ERROR && error == WSAEOPNOTSUPP, "Got %d, error %d with OVERLAPPED.\n", ret, error );
        }
        winetest_pop_context();
    }
    CloseHandle( duplicate );
    close_base_socket( s );
}

static void test_poll(void)
{
    union
    {
        WSAPOLLDATA data;
        char buffer[sizeof(WSAPOLLDATA) + 2 * sizeof(WSAPOLLFD)];
    } poll;
    const DWORD size = offsetof( WSAPOLLDATA, fdArray[2] );
    SOCKET client, server;
    int ret, error;

    base_tcp_pair( AF_INET, &client, &server );
    memset( &poll, 0, sizeof(poll) );
    poll.data.result = 0xdead;
    poll.data.fds = 2;
    poll.data.fdArray[0].fd = server;
    poll.data.fdArray[0].events = POLLRDNORM;
    poll.data.fdArray[1].fd = client;
    poll.data.fdArray[1].events = POLLWRNORM;

    error = 0xdead;
    ret = ioctl( server, SIO_EXT_POLL, &poll, size, &poll, size, &error );
    ok( !ret && error == 0xdead, "Got %d, error %d.\n", ret, error );
    ok( poll.data.result == 1, "Got result %d.\n", poll.data.result );
    ok( !poll.data.fdArray[0].revents && poll.data.fdArray[1].revents == POLLWRNORM, "Got events %#x and %#x.\n",
        poll.data.fdArray[0].revents, poll.data.fdArray[1].revents );

    base_send( client, "poll" );
    poll.data.timeout = 1000;
    poll.data.fdArray[1].events = 0;
    ret = ioctl( server, SIO_EXT_POLL, &poll, size, &poll, size, &error );
    ok( !ret && poll.data.result == 1 && poll.data.fdArray[0].revents == POLLRDNORM, "Got %d, result %d, events %#x.\n",
        ret, poll.data.result, poll.data.fdArray[0].revents );

    ret = ioctl( server, SIO_EXT_POLL, &poll, size - 1, &poll, size, &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d for a short array.\n", ret, error );
    ret = ioctl( server, SIO_EXT_POLL, NULL, 0, NULL, 0, &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d without a buffer.\n", ret, error );
    poll.data.fds = ~0u;
    ret = ioctl( server, SIO_EXT_POLL, &poll, size, &poll, size, &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d for too many sockets.\n", ret, error );

    close_base_socket( client );
    poll.data.fds = 1;
    poll.data.fdArray[0].fd = client;
    ret = ioctl( server, SIO_EXT_POLL, &poll, size, &poll, size, &error );
    ok( ret == SOCKET_ERROR && error == WSAENOTSOCK && poll.data.result == SOCKET_ERROR,
        "Got %d, error %d, result %d.\n", ret, error, poll.data.result );
    ok( poll.data.fdArray[0].revents == POLLNVAL, "Got events %#x.\n", poll.data.fdArray[0].revents );
    close_base_socket( server );
}

static LONG routine_count;

static void CALLBACK count_routine( DWORD error, DWORD size, OVERLAPPED *overlapped, DWORD flags )
{
    (void)overlapped, (void)flags;
    ok( !error && size == 3, "Got error %lu, size %lu.\n", error, size );
    routine_count++;
}

static void test_send_msg(void)
{
    SOCKADDR_STORAGE addr, from;
    SOCKET s = base_bound_socket( AF_INET, SOCK_DGRAM, &from );
    SOCKET receiver = base_bound_socket( AF_INET, SOCK_DGRAM, &addr );
    WSABUF buffer = {3, (char *)"msg"};
    WSAMSG msg = {.name = (struct sockaddr *)&addr, .namelen = sizeof(struct sockaddr_in), .lpBuffers = &buffer,
                  .dwBufferCount = 1};
    OVERLAPPED overlapped = {0};
    DWORD sent = 0, code;
    WSASENDMSG params = {.lpMsg = &msg, .lpNumberOfBytesSent = &sent};
    int i, ret, error;

    code = 0xdead;
    error = 0xdead;
    ret = ioctl( s, SIO_EXT_SENDMSG, &params, sizeof(params), &code, sizeof(code), &error );
    ok( !ret && !code && error == 0xdead && sent == 3, "Got %d, code %lu, error %d, sent %lu.\n", ret, code, error,
        sent );
    check_received( receiver, "msg" );

    params.lpOverlapped = &overlapped;
    params.lpCompletionRoutine = count_routine;
    ret = ioctl( s, SIO_EXT_SENDMSG, &params, sizeof(params), &code, sizeof(code), &error );
    ok( (!ret && !code) || (ret == SOCKET_ERROR && code == WSA_IO_PENDING && error == WSA_IO_PENDING),
        "Got %d, code %lu, error %d.\n", ret, code, error );
    for (i = 0; i < 100 && !routine_count; i++) SleepEx( 10, TRUE );
    ok( routine_count == 1, "The routine ran %ld times.\n", routine_count );
    check_received( receiver, "msg" );

    params.lpOverlapped = NULL;
    params.lpCompletionRoutine = NULL;
    ret = ioctl( s, SIO_EXT_SENDMSG, &params, sizeof(params) - 1, &code, sizeof(code), &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d for a short structure.\n", ret, error );
    ret = ioctl( s, SIO_EXT_SENDMSG, &params, sizeof(params), &code, sizeof(code) - 1, &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d for a short output.\n", ret, error );
    params.lpMsg = NULL;
    ret = ioctl( s, SIO_EXT_SENDMSG, &params, sizeof(params), &code, sizeof(code), &error );
    ok( ret == SOCKET_ERROR && code == WSAEFAULT && error == WSAEFAULT, "Got %d, code %lu, error %d.\n", ret, code,
        error );
    params.lpMsg = &msg;
    close_base_socket( s );
    ret = ioctl( s, SIO_EXT_SENDMSG, &params, sizeof(params), &code, sizeof(code), &error );
    ok( ret == SOCKET_ERROR && code == WSAENOTSOCK && error == WSAENOTSOCK, "Got %d, code %lu, error %d.\n", ret, code,
        error );
    close_base_socket( receiver );
}

static void test_other_codes(void)
{
    static const GUID connect_ex = WSAID_CONNECTEX;
    SOCKET s = base_socket( AF_INET, SOCK_STREAM );
    void *func = NULL;
    u_long value = 7;
    int ret, error = 0;

    ret = ioctl( s, SIO_GET_EXTENSION_FUNCTION_POINTER, (void *)&connect_ex, sizeof(connect_ex), &func, sizeof(func),
                 &error );
    ok( !ret && func, "Got %d, function %p, error %d.\n", ret, func, error );
    ret = ioctl( s, FIONREAD, NULL, 0, &value, sizeof(value), &error );
    ok( !ret && !value, "Got %d, value %lu, error %d.\n", ret, value, error );
    ret = ioctl( s, 0xdeadbeef, NULL, 0, NULL, 0, &error );
    ok( ret == SOCKET_ERROR && error == WSAEOPNOTSUPP, "Got %d, error %d.\n", ret, error );
    ret = base.lpWSPIoctl( s, FIONREAD, NULL, 0, &value, sizeof(value), NULL, NULL, NULL, NULL, &error );
    ok( ret == SOCKET_ERROR && error == WSAEFAULT, "Got %d, error %d.\n", ret, error );
    close_base_socket( s );
}

START_TEST(base_ioctl)
{
    if (!load_base()) return;
    start_base();

    test_handle_queries();
    test_poll();
    test_send_msg();
    test_other_codes();
}
