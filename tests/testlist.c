/*
 * The test units
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

#define STANDALONE
#include "wine/test.h"

extern void func_api_errors(void);
extern void func_base(void);
extern void func_base_io(void);
extern void func_base_ioctl(void);
extern void func_catalog(void);
extern void func_catalog_chains(void);
extern void func_catalog_direct(void);
extern void func_catalog_dll(void);
extern void func_catalog_killed(void);
extern void func_catalog_recovery(void);
extern void func_catalog_refused(void);
extern void func_catalog_tool(void);
extern void func_catalog_tool_backup(void);
extern void func_catalog_tool_check(void);
extern void func_catalog_tool_install(void);
extern void func_category(void);
extern void func_category_app(void);
extern void func_category_layers(void);
extern void func_category_rule(void);
extern void func_category_system(void);
extern void func_chain(void);
extern void func_cleanup(void);
extern void func_complete(void);
extern void func_complete_error(void);
extern void func_complete_order(void);
extern void func_config_change(void);
extern void func_connect_list(void);
extern void func_exports(void);
extern void func_fault(void);
extern void func_foreign_duplicate(void);
extern void func_foreign_handle(void);
extern void func_handle_leaks(void);
extern void func_handles(void);
extern void func_hook(void);
extern void func_hook_program(void);
extern void func_mswsock(void);
extern void func_namespace(void);
extern void func_namespace_install(void);
extern void func_namespace_recovery(void);
extern void func_overlapped(void);
extern void func_routing(void);
extern void func_selection(void);
extern void func_socket_count(void);
extern void func_socket_owner(void);
extern void func_socket_table(void);
extern void func_stack_afd(void);
extern void func_stack_async(void);
extern void func_stack_dnsapi(void);
extern void func_stack_http(void);
extern void func_stack_iphlpapi(void);
extern void func_stack_rpc(void);
extern void func_stack_wsock32(void);
extern void func_startup(void);
extern void func_startup_time(void);
extern void func_thread(void);
extern void func_thread_id(void);
extern void func_tracelsp(void);
extern void func_tracelsp_requests(void);
extern void func_tracelsp_select(void);
extern void func_upcall_close_event(void);
extern void func_upcall_close_socket_handle(void);
extern void func_upcall_close_thread(void);
extern void func_upcall_complete_overlapped_request(void);
extern void func_upcall_create_event(void);
extern void func_upcall_create_socket_handle(void);
extern void func_upcall_fd_is_set(void);
extern void func_upcall_get_provider_path(void);
extern void func_upcall_modify_ifs_handle(void);
extern void func_upcall_open_current_thread(void);
extern void func_upcall_post_message(void);
extern void func_upcall_query_blocking_callback(void);
extern void func_upcall_query_socket_handle_context(void);
extern void func_upcall_queue_apc(void);
extern void func_upcall_reset_event(void);
extern void func_upcall_set_event(void);

const struct test winetest_testlist[] =
{
    { "api_errors", func_api_errors },
    { "base", func_base },
    { "base_io", func_base_io },
    { "base_ioctl", func_base_ioctl },
    { "catalog", func_catalog },
    { "catalog_chains", func_catalog_chains },
    { "catalog_direct", func_catalog_direct },
    { "catalog_dll", func_catalog_dll },
    { "catalog_killed", func_catalog_killed },
    { "catalog_recovery", func_catalog_recovery },
    { "catalog_refused", func_catalog_refused },
    { "catalog_tool", func_catalog_tool },
    { "catalog_tool_backup", func_catalog_tool_backup },
    { "catalog_tool_check", func_catalog_tool_check },
    { "catalog_tool_install", func_catalog_tool_install },
    { "category", func_category },
    { "category_app", func_category_app },
    { "category_layers", func_category_layers },
    { "category_rule", func_category_rule },
    { "category_system", func_category_system },
    { "chain", func_chain },
    { "cleanup", func_cleanup },
    { "complete", func_complete },
    { "complete_error", func_complete_error },
    { "complete_order", func_complete_order },
    { "config_change", func_config_change },
    { "connect_list", func_connect_list },
    { "exports", func_exports },
    { "fault", func_fault },
    { "foreign_duplicate", func_foreign_duplicate },
    { "foreign_handle", func_foreign_handle },
    { "handle_leaks", func_handle_leaks },
    { "handles", func_handles },
    { "hook", func_hook },
    { "hook_program", func_hook_program },
    { "mswsock", func_mswsock },
    { "namespace", func_namespace },
    { "namespace_install", func_namespace_install },
    { "namespace_recovery", func_namespace_recovery },
    { "overlapped", func_overlapped },
    { "routing", func_routing },
    { "selection", func_selection },
    { "socket_count", func_socket_count },
    { "socket_owner", func_socket_owner },
    { "socket_table", func_socket_table },
    { "stack_afd", func_stack_afd },
    { "stack_async", func_stack_async },
    { "stack_dnsapi", func_stack_dnsapi },
    { "stack_http", func_stack_http },
    { "stack_iphlpapi", func_stack_iphlpapi },
    { "stack_rpc", func_stack_rpc },
    { "stack_wsock32", func_stack_wsock32 },
    { "startup", func_startup },
    { "startup_time", func_startup_time },
    { "thread", func_thread },
    { "thread_id", func_thread_id },
    { "tracelsp", func_tracelsp },
    { "tracelsp_requests", func_tracelsp_requests },
    { "tracelsp_select", func_tracelsp_select },
    { "upcall_close_event", func_upcall_close_event },
    { "upcall_close_socket_handle", func_upcall_close_socket_handle },
    { "upcall_close_thread", func_upcall_close_thread },
    { "upcall_complete_overlapped_request", func_upcall_complete_overlapped_request },
    { "upcall_create_event", func_upcall_create_event },
    { "upcall_create_socket_handle", func_upcall_create_socket_handle },
    { "upcall_fd_is_set", func_upcall_fd_is_set },
    { "upcall_get_provider_path", func_upcall_get_provider_path },
    { "upcall_modify_ifs_handle", func_upcall_modify_ifs_handle },
    { "upcall_open_current_thread", func_upcall_open_current_thread },
    { "upcall_post_message", func_upcall_post_message },
    { "upcall_query_blocking_callback", func_upcall_query_blocking_callback },
    { "upcall_query_socket_handle_context", func_upcall_query_socket_handle_context },
    { "upcall_queue_apc", func_upcall_queue_apc },
    { "upcall_reset_event", func_upcall_reset_event },
    { "upcall_set_event", func_upcall_set_event },
    { NULL, NULL }
};
